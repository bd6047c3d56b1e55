using System.Globalization;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class SecretGenerateCommand
{
    private const string Password = "password";
    private const string Key = "ssh-key";
    private static readonly string[] Kinds = [Password, Key];

    private static readonly Guide Guide = new(
        "To have a password or an SSH key made and stored without anybody seeing it. Of a key the public half is printed. What is there is kept, "
        + "unless --replace is said.",
        ["secret generate default-root-password", "secret generate web/database --length 64", "secret generate deploy --kind ssh-key > deploy.pub"],
        ["secret get", "secret set"]);

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the secret");
        var kind = Words.Text("--kind", "KIND", "password (as usual), or ssh-key: an ed25519 pair, of which the private half is stored");
        var length = Words.Text("--length", "N", "Characters of a password, 22 to 128 (as usual: 32)");
        var replace = Words.Flag("--replace", "Replace a secret of that name");
        return new Verb("generate", "Make a secret and store it", Guide, async context =>
        {
            var (secret, store) = (SecretReference.To(context.Value(name)).Name, context.Toolkit.Secrets);
            var made = await MakeAsync(context, secret, context.Value(kind), context.Value(length)).ConfigureAwait(false);
            if (!context.DryRun)
            {
                await StoreAsync(context, store, secret, made.Value, context.Has(replace)).ConfigureAwait(false);
            }

            context.Messages.Note($"{secret} {(context.DryRun ? "would be" : "is")} stored in {store.Description}");
            if (made.Public is { } key && !context.DryRun)
            {
                context.View.One(new SecretDocument(secret) { PublicKey = key.ToString() }, SecretView.Made, shown => [shown.PublicKey!]);
            }

            return ExitCode.Done;
        })
        {
            name, kind, length, replace,
        };
    }

    private static async Task<(Sensitive Value, SshPublicKey? Public)> MakeAsync(ToolContext context, string name, string? kind, string? length)
    {
        if (kind is not null && !Kinds.Contains(kind))
        {
            throw new LinodeToolkitException(UsageProblems.BadValue("--kind", kind, $"one of {string.Join(", ", Kinds)}", Kinds));
        }

        if (KnownSecrets.All.Any(known => known.Name == name) && name != KnownSecrets.DefaultRootPassword)
        {
            throw new LinodeToolkitException(CommandProblems.NotMadeHere(name));
        }

        if (kind != Key)
        {
            return (Passwords.Generate(Length(length)), null);
        }

        if (length is not null)
        {
            throw new LinodeToolkitException(UsageProblems.Contradiction("--length", $"--kind {Key}"));
        }

        var pair = await context.Toolkit.MakeKeyPairAsync(context.Cancellation).ConfigureAwait(false);
        return (pair.Private, pair.Public);
    }

    private static int Length(string? text) => text is null ? 32
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 22 and <= 128 ? number
        : throw new LinodeToolkitException(UsageProblems.BadValue("--length", text, "a whole number from 22 to 128"));

    private static async Task StoreAsync(ToolContext context, ISecretStore store, string name, Sensitive value, bool replace)
    {
        if (replace)
        {
            await store.SetAsync(name, value, context.Cancellation).ConfigureAwait(false);
        }
        else if (!await store.TrySetAsync(name, value, expected: null, context.Cancellation).ConfigureAwait(false))
        {
            throw new LinodeToolkitException(CommandProblems.SecretThere(name));
        }
    }
}
