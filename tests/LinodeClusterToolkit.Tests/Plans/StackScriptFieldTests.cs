using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

public sealed class StackScriptFieldTests
{
    [Fact]
    public void Tags_are_found_however_they_are_written()
    {
        const string script = """
            #!/bin/bash
            # <UDF name="one" label="The first > of all" default="" /> <udf Label='It is "quoted"' NAME='two'/>
            #<UDF name=three label="No quotes" oneOf="a, b" default=a>
            # <UDF
            #   name="four" label="On two lines" manyof="x,y" example="x" />
            # <UDF label="no name" /> <UDFX name="other" label="" /> if [ "$x" <UDF ]; then
            # <UDF name="one" label="said twice" />
            """;

        var fields = StackScriptField.Of(script);

        Assert.Equal(
            ["one|The first > of all||", "two|It is \"quoted\"|-|", "three|No quotes|a|a b", "four|On two lines|-|x y"],
            fields.Select(field => $"{field.Name}|{field.Label}|{field.Default ?? "-"}|{string.Join(' ', field.Choices ?? [])}"));
        Assert.Equal([false, false, false, true], fields.Select(field => field.TakesSeveral));
    }
}
