using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints.V4;

/// <summary>Who may log in to a system made from an image. One way in is needed.</summary>
internal static class Credentials
{
    private const int ShortestPassword = 11;
    private const int LongestPassword = 128;
    private static readonly string[] KeyTypes = ["ssh-rsa", "ssh-dss", "ssh-ed25519", "ecdsa-sha2-", "sk-ssh-ed25519", "sk-ecdsa-sha2-"];

    public static Login Read(BodyReader body, Cloud cloud, bool needed)
    {
        var password = body.Text("root_pass");
        var keys = body.Texts("authorized_keys");
        var users = body.Texts("authorized_users");
        if (needed && password is null && (keys is null || keys.Count == 0) && (users is null || users.Count == 0))
        {
            body.FailWhole(Reasons.NeedsCredentials);
        }

        if (password is not null)
        {
            CheckPassword(body, password);
        }

        foreach (var (key, index) in (keys ?? []).Select((key, index) => (key, index)))
        {
            if (!IsPublicKey(key))
            {
                body.Fail($"authorized_keys[{index}]", "SSH key is not valid");
            }
        }

        foreach (var (user, index) in (users ?? []).Select((user, index) => (user, index)))
        {
            if (user != Caller.Username)
            {
                body.Fail($"authorized_users[{index}]", $"User {user} does not exist");
            }
            else if (cloud.Keys.Rows.Count == 0)
            {
                body.Fail($"authorized_users[{index}]", $"User {user} has no SSH keys");
            }
        }

        return new Login(password, [.. keys ?? [], .. users is { Count: > 0 } ? cloud.Keys.Rows.Select(key => key.Text) : []]);
    }

    public static bool IsPublicKey(string text)
    {
        var words = text.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 2
            && KeyTypes.Any(type => words[0].StartsWith(type, StringComparison.Ordinal))
            && words[1].Length >= 16
            && Convert.TryFromBase64String(words[1], new byte[words[1].Length], out _);
    }

    private static void CheckPassword(BodyReader body, string password)
    {
        if (password.Length is < ShortestPassword or > LongestPassword)
        {
            body.Fail("root_pass", $"Password must be between {ShortestPassword} and {LongestPassword} characters");
        }
        else if (!IsStrong(password))
        {
            body.Fail("root_pass", Reasons.WeakPassword);
        }
    }

    /// <summary>The platform's score is not published. Ours: several kinds of sign, or great length, and not the same few signs again and
    /// again.</summary>
    private static bool IsStrong(string password)
    {
        Func<char, bool>[] kinds = [char.IsLower, char.IsUpper, char.IsDigit, sign => !char.IsLetterOrDigit(sign)];
        var different = password.Distinct().Count();
        return (kinds.Count(kind => password.Any(kind)) >= 3 && different >= 6) || (password.Length >= 20 && different >= 8);
    }
}
