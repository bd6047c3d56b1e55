using System.Text.RegularExpressions;
using LinodeEmulator.Endpoints;
using LinodeEmulator.Endpoints.Control;
using LinodeEmulator.Endpoints.V3;
using LinodeEmulator.Http;
using LinodeEmulator.State;

namespace LinodeEmulator;

/// <summary>The accounts behind one address: the token of a request says whose it is about. Each is an emulator of its own in all but the
/// address, the clock and the catalogue.</summary>
internal sealed partial class EmulatedAccounts : IAsyncDisposable
{
    private readonly List<EmulatorCore> _named = [];
    private readonly Dictionary<string, EmulatorCore> _byToken = new(StringComparer.Ordinal);
    private readonly EmulatorCore _nobody;
    private readonly AccountsControl? _control;

    /// <exception cref="ArgumentException">The accounts are not as they should be.</exception>
    public EmulatedAccounts(EmulatorOptions options)
    {
        if (Wrong(options) is { } wrong)
        {
            throw new ArgumentException(wrong, nameof(options));
        }

        if (options.Accounts.Count == 0)
        {
            _nobody = new EmulatorCore(options);
            return;
        }

        var numbers = new RequestNumbers();
        foreach (var (account, number) in options.Accounts.Select((account, number) => (account, number)))
        {
            var seat = new AccountSeat(account.Name, new(number, options.Accounts.Count));
            var core = new EmulatorCore(OptionsOf(options, account.Name), seat, numbers);
            _named.Add(core);
            foreach (var token in TokensOf(options, account))
            {
                _byToken.Add(token, core);
            }
        }

        _nobody = new EmulatorCore(OptionsOf(options, null), new AccountSeat(null, NumberShare.All), numbers);
        _control = new AccountsControl(_named, _nobody, options.StateDirectory);
    }

    /// <summary>The only account, or the first.</summary>
    public EmulatorCore First => _named.FirstOrDefault() ?? _nobody;

    /// <summary>Ends when somebody asks the control plane to stop.</summary>
    public Task Stopped => _nobody.Stopped;

    private IEnumerable<EmulatorCore> All => _named.Append(_nobody);

    /// <summary>What is wrong with the accounts that are asked for, and what belongs to them; null where nothing is.</summary>
    public static string? Wrong(EmulatorOptions options)
    {
        var names = options.Accounts.Select(account => account.Name).ToList();
        var owners = options.Tokens.Select(token => token.Account).Concat(options.OauthClients.Select(client => client.Account)).ToList();
        return names.FirstOrDefault(name => !NameForm().IsMatch(name)) is { } odd
                ? $"an account's name is letters, digits, '.', '-' and '_', and begins with one of the first two, not '{odd}'"
            : Twice(names, StringComparer.OrdinalIgnoreCase) is { } twice ? $"two accounts are called '{twice}'"
            : Twice(options.Accounts.SelectMany(account => TokensOf(options, account)), StringComparer.Ordinal) is not null
                ? "the same token is given to two accounts"
            : options.Accounts.Any(account => account.Token.Length == 0) ? "an account needs a token"
            : names.Count > 0 && owners.Contains(null) ? "where there are several accounts, a token or an application belongs to one of them"
            : owners.FirstOrDefault(owner => owner is not null && !names.Contains(owner)) is { } stranger ? $"there is no account '{stranger}'"
            : null;
    }

    public async Task StartAsync(CancellationToken cancel)
    {
        foreach (var core in All)
        {
            await core.StartAsync(cancel);
        }
    }

    public async Task<EmulatorResponse> HandleAsync(EmulatorRequest request, CancellationToken cancel) =>
        _control is not null && ControlPlane.IsFor(request)
            ? _control.Handle(request)
            : await (await WhoseAsync(request, cancel)).HandleAsync(request, cancel);

    /// <summary>The address is all that says whose file it is.</summary>
    public async Task<EmulatorResponse> TakeFileAsync(EmulatorRequest request, Stream body, CancellationToken cancel) =>
        await (All.FirstOrDefault(core => core.Uploads.Knows(request.Path)) ?? _nobody).Uploads.TakeAsync(request, body, cancel);

    public async ValueTask DisposeAsync()
    {
        foreach (var core in All)
        {
            await core.DisposeAsync();
        }
    }

    private static string? Twice(IEnumerable<string> words, StringComparer comparer) =>
        words.GroupBy(word => word, comparer).FirstOrDefault(group => group.Count() > 1)?.Key;

    private static IEnumerable<string> TokensOf(EmulatorOptions options, EmulatorAccount account) =>
        options.Tokens.Where(token => token.Account == account.Name).Select(token => token.Token).Prepend(account.Token).Distinct();

    /// <summary>Those of one account, or of nobody: what is kept, the tokens and the applications are its own.</summary>
    private static EmulatorOptions OptionsOf(EmulatorOptions options, string? name) => options with
    {
        StateDirectory = name is null || options.StateDirectory is null ? null : Path.Combine(options.StateDirectory, name),
        Tokens =
        [
            .. options.Tokens.Where(token => name is not null && token.Account == name)
                .Concat(options.Accounts.Where(account => account.Name == name).Select(account => new EmulatorToken(account.Token)))
                .DistinctBy(token => token.Token),
        ],
        OauthClients = [.. options.OauthClients.Where(client => name is not null && client.Account == name)],
    };

    private async Task<EmulatorCore> WhoseAsync(EmulatorRequest request, CancellationToken cancel) =>
        _named.Count == 0 ? _nobody
        : request.Path == OauthLogin.Path ? _named.Find(core => core.Login.Knows(request)) ?? _nobody
        : ApiV3.IsFor(request) ? Whose(await SentParameters.ReadAsync(request, cancel), request)
        : WhoseTokenIs(Caller.TokenIn(request.Authorization));

    /// <summary>Who asks for a key has none, and says by name whose it is to be.</summary>
    private EmulatorCore Whose(SentParameters sent, EmulatorRequest request) =>
        Users.AsksForKey(sent)
            ? _named.Find(core => core.Account == sent.Find("username")) ?? _nobody
            : WhoseTokenIs(sent.Key(request.Authorization));

    private EmulatorCore WhoseTokenIs(string token) =>
        _byToken.TryGetValue(token, out var owner) ? owner : _named.Find(core => core.Login.Gave(token)) ?? _nobody;

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$")]
    private static partial Regex NameForm();
}
