using LinodeClusterToolkit.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LinodeTool.Settings;

/// <summary>A configuration file: <c>key: value</c> lines and, in the user's own, a mapping <c>profiles:</c> of the same by name.</summary>
/// <remarks>Read event by event and no deeper than three levels, since a project file may come from strangers.</remarks>
internal sealed record SettingsFile(
    string Path, IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Profiles)
{
    private const int MostCharacters = 64 * 1024;

    public static SettingsFile Empty(string path) =>
        new(path, new Dictionary<string, string>(), new Dictionary<string, IReadOnlyDictionary<string, string>>());

    public static SettingsFile User(string path, string text) => new Reader(path, text).Read(Keys.OfUser, profiles: true);

    public static SettingsFile Project(string path, string text) => new Reader(path, text).Read(Keys.OfProject, profiles: false);

    private sealed class Reader(string path, string text)
    {
        private readonly Parser parser = new(new StringReader(text));

        public SettingsFile Read(IReadOnlyList<string> known, bool profiles)
        {
            var file = Empty(path);
            if (text.Length > MostCharacters)
            {
                throw Wrong(Mark.Empty, "it is longer than 64 KiB");
            }

            try
            {
                parser.Consume<StreamStart>();
                if (parser.TryConsume<StreamEnd>(out _))
                {
                    return file;
                }

                parser.Consume<DocumentStart>();
                var found = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
                return file with { Values = Mapping(known, profiles ? found : null), Profiles = found };
            }
            catch (YamlException broken)
            {
                throw Wrong(broken.Start, broken.InnerException?.Message ?? broken.Message);
            }
        }

        private Dictionary<string, string> Mapping(IReadOnlyList<string> known, Dictionary<string, IReadOnlyDictionary<string, string>>? profiles)
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            if (parser.TryConsume<Scalar>(out var nothing) && nothing.Value.Length == 0)
            {
                return values;
            }

            parser.Consume<MappingStart>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = parser.Consume<Scalar>();
                if (profiles is not null && key.Value == "profiles")
                {
                    ReadProfiles(profiles);
                    continue;
                }

                if (!known.Contains(key.Value))
                {
                    throw new LinodeToolkitException(Keys.OfUser.Append("profiles").Contains(key.Value)
                        && !known.Contains(Keys.ApiUrl)
                        ? SettingsProblems.NotInProjectFile(At(key.Start), key.Value)
                        : SettingsProblems.UnknownKey(At(key.Start), key.Value, [.. known]));
                }

                values[key.Value] = parser.TryConsume<Scalar>(out var value) ? value.Value : throw Wrong(key.Start,
                    $"{key.Value} should be a single value");
            }

            return values;
        }

        private void ReadProfiles(Dictionary<string, IReadOnlyDictionary<string, string>> profiles)
        {
            parser.Consume<MappingStart>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                profiles[parser.Consume<Scalar>().Value] = Mapping(Keys.OfProfile, profiles: null);
            }
        }

        private SourcePosition At(Mark mark) => new(path, (int)mark.Line, (int)mark.Column);

        private LinodeToolkitException Wrong(Mark mark, string why) => new(SettingsProblems.NotYaml(At(mark), why));
    }
}
