using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Tests.Clusters;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Provisioning;

public sealed class OnceOnlyTests
{
    private readonly List<string> calls = [];

    [Fact]
    public async Task What_was_never_tried_is_made_without_a_look()
    {
        Assert.Equal("made", await EnsureAsync(mayExist: false, found: ["theirs"]));
        Assert.Equal(["create"], calls);
    }

    [Fact]
    public async Task What_an_earlier_try_made_is_taken_up()
    {
        Assert.Equal("ours", await EnsureAsync(mayExist: true, found: ["ours"]));
        Assert.Equal(["find"], calls);
    }

    [Fact]
    public async Task What_no_earlier_try_made_is_made()
    {
        Assert.Equal("made", await EnsureAsync(mayExist: true, found: [null]));
        Assert.Equal(["find", "create"], calls);
    }

    [Fact]
    public async Task A_label_that_is_taken_by_us_is_our_own_lost_answer()
    {
        Assert.Equal("ours", await EnsureAsync(mayExist: false, found: ["ours"], refused: ApiFailure.LabelTaken));
        Assert.Equal(["create", "find"], calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_not_ours_is_never_taken_up(bool mayExist)
    {
        var refused = await Assert.ThrowsAsync<LinodeApiException>(() => EnsureAsync(mayExist, ["theirs"], ApiFailure.LabelTaken));

        Assert.Equal(("LCT6011", ApiFailure.Refused), (refused.Problem.Code, refused.Failure));
        Assert.Contains("no tag", refused.Problem.Why);
    }

    [Fact]
    public async Task A_label_taken_by_nothing_that_can_be_seen_stays_refused()
    {
        var refused = await Assert.ThrowsAsync<LinodeApiException>(() => EnsureAsync(false, [null], ApiFailure.LabelTaken));

        Assert.Equal(ApiFailure.LabelTaken, refused.Failure);
    }

    [Fact]
    public async Task Another_refusal_is_passed_on_without_a_look()
    {
        await Assert.ThrowsAsync<LinodeApiException>(() => EnsureAsync(false, ["ours"], ApiFailure.AnswerLost));

        Assert.Equal(["create"], calls);
    }

    [Fact]
    public void Ours_has_the_owner_tag_and_the_wanted_shape()
    {
        Assert.Null(OnceOnly.WhyNotOurs(["x", "lct:1"], "lct:1", ("region", "us-east", "us-east")));
        Assert.Equal("it does not carry the tag lct:1", OnceOnly.WhyNotOurs(["lct:2"], "lct:1"));
        Assert.Equal(
            "its size is 10 GB, not 20 GB", OnceOnly.WhyNotOurs(["lct:1"], "lct:1", ("region", "a", "a"), ("size", "20 GB", "10 GB")));
    }

    [Fact]
    public async Task A_busy_node_is_asked_again_after_a_pause_and_the_end_of_its_work()
    {
        var (cloud, time, left) = (new FakeCloud(), new ManualTime(), 2);
        var tools = await Tools.OfAsync(cloud, time);
        var began = time.GetUtcNow();

        var answer = await time.DriveAsync(OnceOnly.WhenIdleAsync(
            tools, "web-1", 5, _ => left-- > 0 ? throw FakeCloud.Fails(ApiFailure.Busy) : Task.FromResult("done"), default),
            longest: TimeSpan.FromMinutes(1));

        Assert.Equal("done", answer);
        Assert.Equal(["idle 5", "idle 5"], cloud.Calls);
        Assert.Equal(TimeSpan.FromSeconds(4), time.GetUtcNow() - began);
    }

    [Fact]
    public async Task A_node_that_is_busy_for_ever_ends_the_wait_at_the_deadline()
    {
        var time = new ManualTime();
        var tools = await Tools.OfAsync(new FakeCloud(), time);

        var late = await Assert.ThrowsAsync<LinodeApiException>(() => time.DriveAsync(
            OnceOnly.WhenIdleAsync<string>(tools, "web-1", 5, _ => throw FakeCloud.Fails(ApiFailure.Busy), default)));

        Assert.Equal(("LCT6012", ApiFailure.Stuck), (late.Problem.Code, late.Failure));
        Assert.Equal("web-1 was still busy after 15 minutes", late.Problem.What);
    }

    [Theory]
    [InlineData(40, "web-1 was still booting after 40 s")]
    [InlineData(150, "web-1 was still booting after 2.5 minutes")]
    [InlineData(1e9, "web-1 was still booting after 43200 minutes")] // timers know no longer wait than that
    public async Task A_wait_lasts_as_long_as_its_patience_and_says_how_long_that_was(double seconds, string said)
    {
        var time = new ManualTime();

        var late = await Assert.ThrowsAsync<LinodeApiException>(() => time.DriveAsync(OnceOnly.WithinAsync(
            new(time, TimeSpan.FromSeconds(seconds)), "web-1", "booting", default, async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, time, token);
                return 1;
            })));

        Assert.Equal(said, late.Problem.What);
    }

    [Fact]
    public async Task A_wait_that_the_caller_ends_is_no_deadline()
    {
        using var leaving = new CancellationTokenSource();
        var wait = OnceOnly.WithinAsync(new(new ManualTime(), CloudTimes.Deadline), "web-1", "booting", leaving.Token, async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return 1;
        });

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    private Task<string> EnsureAsync(bool mayExist, string?[] found, ApiFailure? refused = null) => OnceOnly.EnsureAsync(
        mayExist,
        () =>
        {
            calls.Add("find");
            return Task.FromResult(found[0]);
        },
        () =>
        {
            calls.Add("create");
            return refused is { } failure ? throw FakeCloud.Fails(failure) : Task.FromResult("made");
        },
        thing => thing == "ours" ? null : "no tag",
        "a thing",
        "web-1");
}
