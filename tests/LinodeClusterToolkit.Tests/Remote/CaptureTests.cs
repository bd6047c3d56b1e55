using System.IO.Pipelines;
using System.Text;
using LinodeClusterToolkit.Remote.OpenSsh;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Remote;

/// <summary>What a program printed, though its pipe may stay open, and though we may be late to read it.</summary>
public sealed class CaptureTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
    private readonly Pipe pipe = new();
    private readonly ManualTime time = new();

    [Fact]
    public async Task As_long_as_something_comes_in_each_moment_it_is_waited_for()
    {
        var capture = Capture.Head(pipe.Reader.AsStream());
        var end = capture.EndAsync(time);
        foreach (var piece in new[] { "one ", "two ", "three" })
        {
            await time.UntilArmedAsync(Grace);
            await SayAsync(piece);
            while (!capture.Text.EndsWith(piece, StringComparison.Ordinal))
            {
                await Task.Yield();
            }

            time.Advance(Grace);
        }

        await time.UntilArmedAsync(Grace);
        time.Advance(Grace);

        Assert.Equal("one two three", await end);
    }

    [Fact]
    public async Task A_pipe_that_others_hold_and_are_silent_in_is_left_after_a_moment()
    {
        var capture = Capture.Head(pipe.Reader.AsStream());
        var end = capture.EndAsync(time);
        await time.UntilArmedAsync(Grace);
        time.Advance(Grace);

        Assert.Equal("", await end);
    }

    private async Task SayAsync(string text) => await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(text));
}
