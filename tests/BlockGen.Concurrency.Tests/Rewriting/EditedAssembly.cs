using Mono.Cecil;
using Mono.Cecil.Cil;

namespace BlockGen.Concurrency.Tests.Rewriting;

/// <summary>An assembly whose instructions are changed in its file, which <see cref="Save"/> does.</summary>
internal sealed class EditedAssembly : IDisposable
{
    private readonly DefaultAssemblyResolver _resolver = new();
    private readonly string _path;
    private readonly bool _hasSymbols;

    public EditedAssembly(string path)
    {
        _path = path;
        _hasSymbols = File.Exists(Path.ChangeExtension(path, ".pdb"));
        _resolver.AddSearchDirectory(Path.GetDirectoryName(path)!);
        _resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        Module = ModuleDefinition.ReadModule(
            path, new ReaderParameters { AssemblyResolver = _resolver, InMemory = true, ReadSymbols = _hasSymbols });
    }

    public ModuleDefinition Module { get; }

    /// <summary>Every call.</summary>
    public IReadOnlyList<EditedCall> Calls =>
    [
        ..
        from type in Module.GetTypes()
        from method in type.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        where instruction.OpCode.Code is Code.Call or Code.Callvirt
        select new EditedCall(method.Body, instruction, (MethodReference)instruction.Operand),
    ];

    public void Save() => Module.Write(_path, new WriterParameters { WriteSymbols = _hasSymbols });

    public void Dispose()
    {
        Module.Dispose();
        _resolver.Dispose();
    }
}

/// <summary>A call of a method.</summary>
internal sealed record EditedCall(MethodBody Body, Instruction Instruction, MethodReference Method)
{
    /// <summary>
    /// The type that the call is of: the one that it is constrained to, or the one that has the method.
    /// </summary>
    public TypeReference Type => Constraint?.Operand as TypeReference ?? Method.DeclaringType;

    private Instruction? Constraint => Instruction.Previous is { OpCode.Code: Code.Constrained } prefix ? prefix : null;

    /// <summary>Makes it a call of a static method.</summary>
    public void Replace(MethodReference target)
    {
        if (Constraint is { } prefix)
        {
            (prefix.OpCode, prefix.Operand) = (OpCodes.Nop, null);
        }

        (Instruction.OpCode, Instruction.Operand) = (OpCodes.Call, target);
    }
}
