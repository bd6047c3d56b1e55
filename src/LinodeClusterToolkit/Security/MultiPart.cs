using System.Text;

namespace LinodeClusterToolkit.Security;

/// <summary>Several parts of user data as one text, in the form of a mail with attachments, which is what cloud-init reads.</summary>
internal static class MultiPart
{
    public static string Of(IReadOnlyList<UserDataPart> parts)
    {
        var contents = parts.Select(part => part.Text.ReplaceLineEndings("\n")).ToList();
        var boundary = "lct-part";
        while (contents.Exists(content => content.Contains($"--{boundary}", StringComparison.Ordinal)))
        {
            boundary += "-";
        }

        var text = new StringBuilder($"Content-Type: multipart/mixed; boundary=\"{boundary}\"\nMIME-Version: 1.0\n");
        foreach (var (part, content) in parts.Zip(contents))
        {
            // The reader takes what it is given for letters of a byte each: everything else goes in base64.
            var isPlain = Ascii.IsValid(content);
            var body = isPlain ? content : Convert.ToBase64String(Encoding.UTF8.GetBytes(content), Base64FormattingOptions.InsertLineBreaks);
            text.Append($"\n--{boundary}\nContent-Type: {UserDataPart.TypeOf(content)}; charset=\"utf-8\"\n")
                .Append($"Content-Disposition: attachment; filename=\"{FileName(part.Name)}\"\n")
                .Append($"Content-Transfer-Encoding: {(isPlain ? "7bit" : "base64")}\n\n")
                .Append(body.ReplaceLineEndings("\n"));
        }

        return text.Append($"\n--{boundary}--\n").ToString();
    }

    private static string FileName(string name)
    {
        var kept = string.Concat(name.Split('/')[^1].Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-'));
        return kept.Trim('.') is { Length: > 0 } some ? some : "part";
    }
}
