using Mono.Cecil;
using Mono.Cecil.Cil;

namespace BlockGen.Concurrency.Tests.Rewriting;

/// <summary>
/// The rewriter has value tasks of other assemblies checked, by reference, where methods return them at once and there
/// is no reference: such methods do not load. All these assemblies are rewritten, so nothing is lost without that
/// check.
/// </summary>
internal static class ReturnedValueTasks
{
    private const string Check = "ThrowIfReturnedValueTaskNotControlled";

    /// <summary>Removes those checks from the assembly in its file.</summary>
    public static void RemoveChecks(string assemblyPath)
    {
        using EditedAssembly assembly = new(assemblyPath);
        foreach (EditedCall call in assembly.Calls.Where(call => call.Method.Name == Check))
        {
            Instruction name = call.Instruction.Previous;
            if (name.Previous.Operand is MethodReference)
            {
                (name.OpCode, name.Operand) = (OpCodes.Nop, null);
                (call.Instruction.OpCode, call.Instruction.Operand) = (OpCodes.Nop, null);
            }
        }

        assembly.Save();
    }
}
