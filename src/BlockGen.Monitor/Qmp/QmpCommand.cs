using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Carries a command out; what it returns is what the client gets, null for an empty object.</summary>
internal delegate ValueTask<JsonNode?> QmpHandler(QmpArguments arguments, CancellationToken cancellation);

/// <summary>A command.</summary>
/// <param name="Name">What clients call it.</param>
/// <param name="Arguments">What it takes.</param>
/// <param name="Result">What it returns.</param>
/// <param name="Handler">What it does.</param>
internal sealed record QmpCommand(string Name, QmpObject Arguments, QmpType Result, QmpHandler Handler);

/// <summary>An event that clients are sent.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Data">What it carries.</param>
internal sealed record QmpEvent(string Name, QmpObject Data);
