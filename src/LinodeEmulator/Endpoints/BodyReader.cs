using System.Text.Json;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints;

/// <summary>Reads a JSON object field by field and collects what is wrong with it. What nobody has asked for by <see cref="Done"/> is a field that
/// the API does not know.</summary>
internal sealed class BodyReader
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly List<ApiError> _errors;

    public BodyReader(JsonElement body)
        : this(body, "", [])
    {
    }

    private BodyReader(JsonElement body, string path, List<ApiError> errors)
    {
        (_path, _errors) = (path, errors);
        if (body.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in body.EnumerateObject())
            {
                _fields[field.Name] = field.Value;
            }
        }
        else
        {
            _errors.Add(new ApiError("Must be an object", path.Length > 0 ? path.TrimEnd('.') : null));
        }
    }

    /// <summary>Whether the field was sent, be it as null.</summary>
    public bool Has(string name)
    {
        _known.Add(name);
        return _fields.ContainsKey(name);
    }

    /// <summary>Whether the field was sent with a value.</summary>
    public bool Holds(string name) => Has(name) && _fields[name].ValueKind != JsonValueKind.Null;

    public string? Text(string name, int least = 0, int most = int.MaxValue)
    {
        if (Value(name, JsonValueKind.String, "Must be a string") is not { } value)
        {
            return null;
        }

        var text = value.GetString()!;
        if (text.Length < least || text.Length > most)
        {
            Fail(name, most == int.MaxValue ? $"Length must be at least {least} characters" : $"Length must be {least}-{most} characters");
        }

        return text;
    }

    public string RequiredText(string name, int least = 1, int most = int.MaxValue)
    {
        if (!Holds(name))
        {
            Fail(name, Required(name));
        }

        return Text(name, least, most) ?? "";
    }

    public string? OneOf(string name, params ReadOnlySpan<string> allowed)
    {
        var text = Text(name);
        if (text is not null && !allowed.Contains(text))
        {
            Fail(name, "Must be one of " + string.Join(", ", allowed!));
        }

        return text;
    }

    public long? Whole(string name, long least = long.MinValue, long most = long.MaxValue)
    {
        if (Value(name, JsonValueKind.Number, "Must be an integer") is not { } value)
        {
            return null;
        }

        if (!value.TryGetInt64(out var number))
        {
            Fail(name, "Must be an integer");
        }
        else if (number < least || number > most)
        {
            Fail(name, most == long.MaxValue ? $"Must be at least {least}" : $"Must be {least}-{most}");
        }

        return number;
    }

    public int? Int(string name, int least = int.MinValue, int most = int.MaxValue) => (int?)Whole(name, least, most);

    public long RequiredWhole(string name, long least = long.MinValue, long most = long.MaxValue)
    {
        if (!Holds(name))
        {
            Fail(name, Required(name));
        }

        return Whole(name, least, most) ?? 0;
    }

    public bool? Flag(string name)
    {
        if (!Holds(name))
        {
            return null;
        }

        var kind = _fields[name].ValueKind;
        if (kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fail(name, "Must be a boolean");
        }

        return kind == JsonValueKind.True;
    }

    public IReadOnlyList<string>? Texts(string name)
    {
        if (Value(name, JsonValueKind.Array, "Must be an array") is not { } value)
        {
            return null;
        }

        if (value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            Fail(name, "Must be an array of strings");
            return [];
        }

        return [.. value.EnumerateArray().Select(item => item.GetString()!)];
    }

    public IReadOnlyList<long>? Wholes(string name)
    {
        if (Value(name, JsonValueKind.Array, "Must be an array") is not { } value)
        {
            return null;
        }

        if (value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out _)))
        {
            Fail(name, "Must be an array of integers");
            return [];
        }

        return [.. value.EnumerateArray().Select(item => item.GetInt64())];
    }

    public BodyReader? Object(string name) =>
        Value(name, JsonValueKind.Object, "Must be an object") is { } value ? new BodyReader(value, $"{_path}{name}.", _errors) : null;

    public IReadOnlyList<BodyReader>? Objects(string name) =>
        Value(name, JsonValueKind.Array, "Must be an array") is { } value
            ? [.. value.EnumerateArray().Select((item, index) => new BodyReader(item, $"{_path}{name}[{index}].", _errors))]
            : null;

    /// <summary>The names within an object that may have any.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Map(string name) =>
        Value(name, JsonValueKind.Object, "Must be an object") is { } value
            ? value.EnumerateObject().DistinctBy(field => field.Name).ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal)
            : null;

    /// <summary>Fields that the API takes and that change nothing.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _known.Add(name);
        }
    }

    /// <summary>Fields that the API knows and this emulator cannot act on; null is as good as absent.</summary>
    public void NotEmulated(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Holds(name))
            {
                throw ApiProblem.NotEmulated($"The field {_path}{name}");
            }
        }
    }

    public void Fail(string name, string reason) => _errors.Add(new ApiError(reason, _path + name));

    public void FailWhole(string reason) => _errors.Add(new ApiError(reason));

    /// <summary>Ends the reading of this object: what was not asked for is unknown.</summary>
    public BodyReader Complete()
    {
        foreach (var name in _fields.Keys.Where(name => !_known.Contains(name)))
        {
            Fail(name, $"{name} is not a valid field");
        }

        return this;
    }

    /// <summary>Ends the reading of the body: refuses the request if anything was wrong.</summary>
    public void Done()
    {
        Complete();
        if (_errors.Count > 0)
        {
            throw new ApiProblem(400, [.. _errors]);
        }
    }

    private static string Required(string name) => $"{name} is required";

    private JsonElement? Value(string name, JsonValueKind kind, string otherwise)
    {
        if (!Holds(name))
        {
            return null;
        }

        if (_fields[name].ValueKind != kind)
        {
            Fail(name, otherwise);
            return null;
        }

        return _fields[name];
    }
}
