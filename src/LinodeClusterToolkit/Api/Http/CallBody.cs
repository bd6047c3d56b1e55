namespace LinodeClusterToolkit.Api.Http;

/// <summary>What a call sends, written anew for each try.</summary>
/// <param name="MediaType">As the request's header names it.</param>
/// <param name="Write">Gives the bytes.</param>
/// <param name="Masked">What a log may show of them.</param>
internal sealed record CallBody(string MediaType, Func<byte[]> Write, Func<ReadOnlyMemory<byte>, string> Masked)
{
    public static CallBody Json(Func<byte[]> write) => new("application/json", write, BodyMask.Apply);

    public static CallBody Form(Func<byte[]> write) => new("application/x-www-form-urlencoded", write, FormMask.Apply);
}
