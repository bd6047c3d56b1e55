using System.Text.Json;
using System.Text.Json.Nodes;
using LinodeEmulator.State;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>Disks that are made with a system on them.</summary>
internal static class DisksFromSources
{
    public static void Map(ActionTable actions)
    {
        actions.Write(
            "linode.disk.createfromdistribution",
            "Makes a disk with a distribution on it",
            "NOTFOUND,VALIDATION",
            FromDistribution,
            Num("LinodeID").Required,
            Num("DistributionID").Required,
            Str("Label").Required,
            Num("Size").Required,
            Str("rootPass").Required,
            Str("rootSSHKey"));
        actions.Write(
            "linode.disk.createfromstackscript",
            "Makes a disk with a distribution on it, and a StackScript that runs at its first boot",
            "NOTFOUND,VALIDATION",
            FromStackScript,
            Num("LinodeID").Required,
            Num("StackScriptID").Required,
            Str("StackScriptUDFResponses").Required,
            Num("DistributionID").Required,
            Str("Label").Required,
            Num("Size").Required,
            Str("rootPass").Required,
            Str("rootSSHKey"));
        actions.Write(
            "linode.disk.createfromimage",
            "Makes a disk from an image of the account",
            "NOTFOUND,VALIDATION",
            FromImage,
            Num("ImageID").Required,
            Num("LinodeID").Required,
            Str("Label"),
            Num("size"),
            Str("rootPass"),
            Str("rootSSHKey"));
    }

    private static JsonObject FromDistribution(V3Call call)
    {
        var (row, image) = (call.Linode(), Distribution(call));
        Check(call.Text("rootPass"));
        var (disk, job) = Make(call, row, image, call.Text("Label"), call.Number("Size")!.Value, script: null);
        return LinodeDisks.Answer(job, disk);
    }

    private static JsonObject FromStackScript(V3Call call)
    {
        var (row, image) = (call.Linode(), Distribution(call));
        Check(call.Text("rootPass"));
        var (disk, job) = Make(call, row, image, call.Text("Label"), call.Number("Size")!.Value, Script(call, image));
        return LinodeDisks.Answer(job, disk);
    }

    /// <summary>The one of these whose answer is in capitals. Without a password, that of the image stays.</summary>
    private static JsonObject FromImage(V3Call call)
    {
        var own = call.Row(call.Cloud.Images, "ImageID");
        var (row, image) = (call.Linode(), SourceImage.Find(own.Slug, call.Cloud) ?? throw ApiV3Problem.Rule("The image is not available yet"));
        if (call.Sent("rootPass") is { Length: > 0 } password)
        {
            Check(password);
        }

        var label = call.Text("Label") is { Length: > 0 } named ? named : $"{image.Label} Disk";
        var (disk, job) = Make(call, row, image, label, call.Number("size") ?? image.Size, script: null);
        return new JsonObject { ["JOBID"] = job.Id, ["DISKID"] = disk.Id };
    }

    private static (Disk Disk, Job Job) Make(V3Call call, Instance row, SourceImage image, string label, long size, ScriptChoice? script)
    {
        var megabytes = LinodeDisks.Size(call, row, size, least: image.Size);
        var wanted = new Disk(0, row.Id, LinodeDisks.Label(label), UnknownsV3.SystemFilesystem, megabytes, call.Now)
        {
            Encrypted = row.Encrypted,
            Image = image.Slug,
        };

        // Keys are written as they stand: several are lines of one text.
        var keys = call.Text("rootSSHKey").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var password = call.Sent("rootPass") is { Length: > 0 } sent ? sent : null;
        return DiskWork.Make(call, row, wanted, new Setup(new Login(password, keys), script, call.FillsDisks));
    }

    private static SourceImage Distribution(V3Call call) =>
        call.Cloud.Catalogue.Distributions.Find(call.Number("DistributionID")) is { } known
            ? SourceImage.Find(known.Row.Id, call.Cloud)!
            : throw ApiV3Problem.Rule("DistributionID is not a distribution");

    private static void Check(string password)
    {
        Func<char, bool>[] kinds = [char.IsLower, char.IsUpper, char.IsDigit, sign => !char.IsLetterOrDigit(sign)];
        if (password.Length < UnknownsV3.ShortestPassword || kinds.Count(kind => password.Any(kind)) < UnknownsV3.KindsInPassword)
        {
            throw ApiV3Problem.Rule(
                $"rootPass must be {UnknownsV3.ShortestPassword} or more characters long and hold {UnknownsV3.KindsInPassword} of these: "
                + "lower case letters, upper case letters, digits, punctuation");
        }
    }

    private static ScriptChoice Script(V3Call call, SourceImage image)
    {
        var body = new JsonObject { ["stackscript_id"] = call.Number("StackScriptID"), ["stackscript_data"] = Responses(call) };
        using var document = JsonDocument.Parse(body.ToJsonString());
        var reader = new BodyReader(document.RootElement.Clone());
        try
        {
            var script = ScriptChoice.Read(reader, call.Cloud, image);
            reader.Done();
            return script!;
        }
        catch (ApiProblem problem)
        {
            throw ApiV3Problem.Of(problem);
        }
    }

    /// <summary>Text such as <c>{"db_name": "shop", "workers": 4}</c>: what is not a text is taken for one.</summary>
    private static JsonObject Responses(V3Call call)
    {
        var text = call.Text("StackScriptUDFResponses");
        try
        {
            using var document = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new(document.RootElement.EnumerateObject().DistinctBy(field => field.Name)
                    .Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Value.ToString())))
                : throw ApiV3Problem.Rule("StackScriptUDFResponses must be a JSON object");
        }
        catch (JsonException)
        {
            throw ApiV3Problem.Rule("StackScriptUDFResponses is not valid JSON");
        }
    }
}
