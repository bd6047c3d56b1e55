using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Security;

public sealed class ShellScriptTests
{
    [Fact]
    public void Leaves_comments_out_and_keeps_the_interpreter_of_a_program_that_it_writes()
    {
        var text = ShellScript.Of("Security", "harden").ToString();

        Assert.Contains("\n#!/bin/sh\nset -eu\n", text);
        Assert.DoesNotContain("\n# ", text);
    }
}
