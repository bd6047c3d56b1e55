using LinodeEmulator.Http;
using LinodeEmulator.Limits;

namespace LinodeEmulator.Endpoints;

/// <summary>One method on one path: what it needs, which limit it counts in, and what it does.</summary>
internal sealed record Operation(string Method, string Template, string Scopes, LimitClass Limit, Func<ApiCall, EmulatorResponse> Handle)
{
    /// <summary>Answers without a token too.</summary>
    public bool Public { get; init; }
}

/// <summary>The operations of the API. Paths are those behind the version; <c>{name}</c> takes one segment.</summary>
internal sealed class RouteTable
{
    private readonly Node _root = new();

    public void Get(
        string path, string scopes, Func<ApiCall, EmulatorResponse> handle, LimitClass limit = LimitClass.General, bool isPublic = false) =>
        Add(new Operation("GET", path, scopes, limit, handle) { Public = isPublic });

    /// <summary>A collection that comes in pages.</summary>
    public void List(string path, string scopes, Func<ApiCall, EmulatorResponse> handle, LimitClass limit = LimitClass.List, bool isPublic = false) =>
        Add(new Operation("GET", path, scopes, limit, handle) { Public = isPublic });

    public void Post(string path, string scopes, Func<ApiCall, EmulatorResponse> handle, LimitClass limit = LimitClass.General) =>
        Add(new Operation("POST", path, scopes, limit, handle));

    public void Put(string path, string scopes, Func<ApiCall, EmulatorResponse> handle) =>
        Add(new Operation("PUT", path, scopes, LimitClass.General, handle));

    public void Delete(string path, string scopes, Func<ApiCall, EmulatorResponse> handle) =>
        Add(new Operation("DELETE", path, scopes, LimitClass.General, handle));

    /// <summary>Known to the API, not to this emulator.</summary>
    public void NotEmulated(string scopes, string path, params IEnumerable<string> methods)
    {
        foreach (var method in methods)
        {
            var limit = path.EndsWith("/clone", StringComparison.Ordinal) && path.StartsWith("linode/", StringComparison.Ordinal)
                ? LimitClass.CreateLinode
                : LimitClass.General;
            Add(new Operation(method, path, scopes, limit, _ => throw ApiProblem.NotEmulated($"{method} /{path}")));
        }
    }

    /// <summary>Finds the operation for a path behind the version.</summary>
    /// <exception cref="ApiProblem">404 where there is nothing, 405 where there is something for other methods or an id is left empty.</exception>
    public (Operation Operation, IReadOnlyDictionary<string, string> Values) Match(string method, string path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var node = _root;
        var segments = path.Split('/');
        foreach (var segment in segments)
        {
            if (node.Fixed.TryGetValue(segment, out var next))
            {
                node = next;
            }
            else if (node.Any is { } any)
            {
                if (segment.Length == 0)
                {
                    throw new ApiProblem(405, new Wire.ApiError("Method Not Allowed"));
                }

                values[any.Name] = Uri.UnescapeDataString(segment);
                node = any.Node;
            }
            else
            {
                throw ApiProblem.NotFound;
            }
        }

        if (node.Operations.TryGetValue(method, out var operation))
        {
            return (operation, values);
        }

        throw node.Operations.Count == 0 ? ApiProblem.NotFound : new ApiProblem(405, new Wire.ApiError("Method Not Allowed"));
    }

    private void Add(Operation operation)
    {
        var node = _root;
        foreach (var segment in operation.Template.Split('/'))
        {
            if (segment.StartsWith('{'))
            {
                node.Any ??= (segment[1..^1], new Node());
                node = node.Any.Value.Node;
            }
            else
            {
                node = node.Fixed.TryGetValue(segment, out var next) ? next : node.Fixed[segment] = new Node();
            }
        }

        node.Operations.Add(operation.Method, operation);
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Fixed { get; } = new(StringComparer.Ordinal);

        public (string Name, Node Node)? Any { get; set; }

        public Dictionary<string, Operation> Operations { get; } = new(StringComparer.Ordinal);
    }
}
