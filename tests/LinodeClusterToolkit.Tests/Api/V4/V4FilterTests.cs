using LinodeClusterToolkit.Api.V4;

namespace LinodeClusterToolkit.Tests.Api.V4;

public sealed class V4FilterTests
{
    [Fact]
    public void Writes_conditions_and_order_as_one_object()
    {
        var filter = V4Filter.None.AtLeast("id", 41).Where("entity.type", "linode").OrderBy("id");
        Assert.Equal("""{"id":{"+gte":41},"entity.type":"linode","+order_by":"id"}""", filter.ToString());
    }

    [Fact]
    public void Writes_either_and_both_and_descending()
    {
        var filter = V4Filter.AnyOf(V4Filter.None.Where("id", 3), V4Filter.AllOf(V4Filter.None.Where("tags", "a"), V4Filter.None.Where("tags", "b")))
            .OrderBy("created", descending: true);
        Assert.Equal("""{"+or":[{"id":3},{"+and":[{"tags":"a"},{"tags":"b"}]}],"+order_by":"created","+order":"desc"}""", filter.ToString());
    }

    [Fact]
    public void Writes_moments_in_UTC_as_the_wire_has_them()
    {
        var noonInRome = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.FromHours(2));
        Assert.Equal("""{"created":{"+gte":"2026-07-01T10:00:00"}}""", V4Filter.None.Since("created", noonInRome).ToString());
    }

    [Fact]
    public void Is_ASCII_and_cannot_break_out_of_its_header_or_its_quotes()
    {
        var filter = V4Filter.None.Where("label", "ü\"}\r\nX-Evil: 1");
        Assert.Equal("""{"label":"\u00fc\"}\r\nX-Evil: 1"}""", filter.ToString());
    }

    [Fact]
    public void Refuses_two_conditions_on_one_field()
    {
        Assert.Throws<ArgumentException>(() => V4Filter.None.Where("tags", "a").Where("tags", "b"));
    }
}
