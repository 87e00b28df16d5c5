namespace BlockGen.Cli;

/// <summary>What a command line declares with <c>--object</c>: secrets, throttle groups and certificates.</summary>
internal sealed class UserObjects
{
    private const string SecretType = "secret";
    private const string ThrottleGroupType = "throttle-group";
    private const string TlsCredentialsType = "tls-creds-x509";

    private readonly Dictionary<string, Secret> _secrets = [];
    private readonly Dictionary<string, ThrottleGroup> _throttleGroups = [];
    private readonly Dictionary<string, TlsCredentials> _tlsCredentials = [];

    public static UserObjects None { get; } = new();

    /// <summary>The bytes of a secret; null when there is none of that name.</summary>
    public Secret? FindSecret(string id) => _secrets.GetValueOrDefault(id);

    /// <summary>A throttle group; null when there is none of that name.</summary>
    public ThrottleGroup? FindThrottleGroup(string id) => _throttleGroups.GetValueOrDefault(id);

    /// <summary>Certificates; null when there are none of that name.</summary>
    public TlsCredentials? FindTlsCredentials(string id) => _tlsCredentials.GetValueOrDefault(id);

    public static bool AsksForHelp(IEnumerable<string> texts) => texts.Any(text => text is "help" or "?");

    public static void WriteHelp(TextWriter output)
    {
        output.WriteLine("List of user creatable objects:");
        output.WriteLine($"  {SecretType}");
        output.WriteLine($"  {ThrottleGroupType}");
        output.WriteLine($"  {TlsCredentialsType}");
    }

    /// <summary>Reads the declarations; what is wrong with one is a <see cref="ToolException"/>.</summary>
    public static UserObjects Parse(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return None;
        }

        UserObjects objects = new();
        foreach (string text in texts)
        {
            try
            {
                objects.Add(text);
            }
            catch (OptionException problem)
            {
                throw new ToolException(problem.Message);
            }
        }

        return objects;
    }

    private void Add(string text)
    {
        Dictionary<string, string> values = OptionText.ParseImplied(text, "qom-type");
        string type = Take(values, "qom-type") ?? throw new OptionException("Parameter 'qom-type' is missing");
        if (type is not (SecretType or ThrottleGroupType or TlsCredentialsType))
        {
            throw new OptionException($"Parameter 'qom-type' does not accept value '{type}'");
        }

        string id = Take(values, "id") ?? throw new OptionException("Parameter 'id' is missing");
        RequireIdentifier(id);
        if (_secrets.ContainsKey(id) || _throttleGroups.ContainsKey(id) || _tlsCredentials.ContainsKey(id))
        {
            throw new OptionException($"attempt to add duplicate property '{id}' to object (type 'container')");
        }

        switch (type)
        {
            case SecretType:
                _secrets.Add(id, new Secret(SecretBytes.Read(values)));
                break;
            case ThrottleGroupType:
                _throttleGroups.Add(id, ThrottleGroupText.Read(values));
                break;
            default:
                _tlsCredentials.Add(id, TlsCredentials.Read(values));
                break;
        }
    }

    private static void RequireIdentifier(string id)
    {
        bool isSound = id.Length > 0 && char.IsAsciiLetter(id[0])
            && id.All(letter => char.IsAsciiLetterOrDigit(letter) || "-._".Contains(letter, StringComparison.Ordinal));
        if (!isSound)
        {
            throw new OptionException(
                "Parameter 'id' expects an identifier\n"
                + "Identifiers consist of letters, digits, '-', '.', '_', starting with a letter.");
        }
    }

    private static string? Take(Dictionary<string, string> values, string name) =>
        values.Remove(name, out string? value) ? value : null;
}
