using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Catalog;

/// <summary>What became of a name: <see cref="Found"/>, <see cref="Ambiguous"/>, <see cref="NotFound"/> or <see cref="Retired"/>.</summary>
/// <typeparam name="T">What was looked for.</typeparam>
public abstract record Match<T>
    where T : class, ICatalogEntry
{
    private Match(string asked) => Asked = asked;

    /// <summary>The text as it was given.</summary>
    public string Asked { get; }

    /// <summary>What is wrong; null when found.</summary>
    public abstract Problem? Problem { get; }

    /// <summary>What was found.</summary>
    /// <param name="place">Adds what the caller knows to the problem: a position, a path.</param>
    /// <exception cref="LinodeToolkitException">Nothing, too much, or only something retired was found.</exception>
    public T OrThrow(Func<Problem, Problem>? place = null) =>
        this is Found found ? found.Item : throw new LinodeToolkitException(place is null ? Problem! : place(Problem!));

    /// <summary>One thing is meant.</summary>
    public sealed record Found : Match<T>
    {
        internal Found(T item, string asked, string? note, MatchKind how)
            : base(asked) => (Item, Note, How) = (item, note, how);

        /// <summary>The thing.</summary>
        public T Item { get; }

        /// <summary>What the user should see: <c>newark → us-east</c>, a deprecation, what changed since; null if nothing.</summary>
        public string? Note { get; }

        /// <summary>How the text was understood.</summary>
        public MatchKind How { get; }

        /// <inheritdoc/>
        public override Problem? Problem => null;
    }

    /// <summary>Several things fit equally well.</summary>
    public sealed record Ambiguous : Match<T>
    {
        private readonly string noun;

        internal Ambiguous(string noun, string asked, IReadOnlyList<T> items)
            : base(asked) => (this.noun, Items) = (noun, items);

        /// <summary>All that fit, likeliest first.</summary>
        public IReadOnlyList<T> Items { get; }

        /// <inheritdoc/>
        public override Problem Problem => CatalogProblems.Ambiguous(noun, Asked, Items);
    }

    /// <summary>Nothing is called so.</summary>
    public sealed record NotFound : Match<T>
    {
        private readonly string noun;

        internal NotFound(string noun, string asked, IReadOnlyList<string> nearest, string? why = null)
            : base(asked) => (this.noun, Nearest, Why) = (noun, nearest, why);

        /// <summary>Up to three names that may have been meant, nearest first.</summary>
        public IReadOnlyList<string> Nearest { get; }

        /// <summary>Why nothing fits, where there is more to say than that the name is unknown.</summary>
        public string? Why { get; }

        /// <inheritdoc/>
        public override Problem Problem => CatalogProblems.NotFound(noun, Asked, Nearest, Why);
    }

    /// <summary>It was offered once and is no more; a successor is named, never taken silently.</summary>
    public sealed record Retired : Match<T>
    {
        private readonly string noun;

        internal Retired(string noun, string asked, T? successor, string note)
            : base(asked) => (this.noun, Successor, Note) = (noun, successor, note);

        /// <summary>What to use instead; null where there is nothing like it.</summary>
        public T? Successor { get; }

        /// <summary>What became of it.</summary>
        public string Note { get; }

        /// <inheritdoc/>
        public override Problem Problem => CatalogProblems.Retired(noun, Asked, Successor, Note);
    }
}
