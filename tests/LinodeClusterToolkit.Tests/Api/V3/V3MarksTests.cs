using LinodeClusterToolkit.Api.V3;

namespace LinodeClusterToolkit.Tests.Api.V3;

public sealed class V3MarksTests
{
    private const string Owner = "lct:0192f5d4-1111-7222-8333-444455556666";

    [Theory]
    [InlineData("web-front", "web-front-lct55556666")]
    [InlineData("twenty-characters-xx", "twenty-characters-xx-lct55556666")]
    public void A_label_ends_with_the_end_of_the_owners_mark(string label, string marked)
    {
        Assert.Equal(marked, V3Marks.Mark(label, Owner));
        var (read, tags) = V3Marks.Read(marked, Owner);
        Assert.Equal((label, Owner), (read, tags.Single()));
    }

    [Theory]
    [InlineData("", "[lct-of:0123 lct-from:5:6]")]
    [InlineData("the web servers", "the web servers [lct-of:0123 lct-from:5:6]")]
    [InlineData("of [2017]", "of [2017] [lct-of:0123 lct-from:5:6]")]
    public void A_description_of_an_image_ends_with_its_marks(string description, string marked)
    {
        Assert.Equal(marked, V3Marks.Describe(description, ["lct-of:0123", "lct-from:5:6"]));
        var (read, tags) = V3Marks.ReadDescription(marked);
        Assert.Equal((description, "lct-of:0123 lct-from:5:6"), (read, string.Join(' ', tags)));
        Assert.Equal(description, V3Marks.ReadDescription(description).Description);
        Assert.Empty(V3Marks.ReadDescription(description).Tags);
    }

    [Fact]
    public void Long_labels_that_begin_alike_stay_two_and_short_enough()
    {
        var (one, two) = (V3Marks.Mark("a-label-of-thirty-characters-1", Owner), V3Marks.Mark("a-label-of-thirty-characters-2", Owner));
        Assert.NotEqual(one, two);
        Assert.All([one, two], marked => Assert.InRange(marked.Length, 20, 32));
    }

    [Fact]
    public void What_has_no_mark_or_anothers_is_not_ours()
    {
        Assert.Empty(V3Marks.Read("web-front", Owner).Tags);
        var others = V3Marks.Read("web-front-lct00000000", Owner).Tags.Single();
        Assert.NotEqual(Owner, others);
        Assert.False(V3Marks.IsOf(others, Owner));
        Assert.True(V3Marks.IsOf(V3Marks.Read("web-front-lct55556666", null).Tags.Single(), Owner));
    }

    [Fact]
    public void Without_an_owner_a_label_stays_as_it_is() => Assert.Equal("web", V3Marks.Mark("web", null));
}
