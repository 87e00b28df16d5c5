using System.Runtime.CompilerServices;
using BlockGen.Concurrency.Control;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace BlockGen.Concurrency.Tests.Rewriting;

/// <summary>Redirects an assembly's calls to the methods that stand for the ones it calls.</summary>
internal sealed class Redirection
{
    private readonly Dictionary<string, MethodDefinition[]> _methods; // by the full name of the type they stand for

    private Redirection(ModuleDefinition control)
    {
        _methods = control.Types
            .Select(type => (Type: type, Attribute: type.CustomAttributes.FirstOrDefault(
                attribute => attribute.AttributeType.FullName == typeof(StandsForAttribute).FullName)))
            .Where(pair => pair.Attribute is not null)
            .ToDictionary(
                pair => ((TypeReference)pair.Attribute!.ConstructorArguments[0].Value).FullName,
                pair => pair.Type.Methods.Where(method => method.IsPublic).ToArray());
    }

    /// <summary>Changes the assembly in its file.</summary>
    public static void Apply(string assemblyPath, string controlPath)
    {
        using ModuleDefinition control = ModuleDefinition.ReadModule(controlPath);
        using EditedAssembly assembly = new(assemblyPath);
        Redirection redirection = new(control);
        foreach (EditedCall call in assembly.Calls)
        {
            if (redirection.Find(call) is not { } found)
            {
                continue;
            }

            call.Replace(Close(assembly.Module.ImportReference(found), call.Type));
            if (call.Method.ReturnType.FullName == typeof(ConfiguredTaskAwaitable).FullName)
            {
                ConfigureResult(assembly.Module, call);
            }
        }

        assembly.Save();
    }

    /// <summary>A generic type's arguments become the method's.</summary>
    private static MethodReference Close(MethodReference target, TypeReference type)
    {
        if (type is not GenericInstanceType instance)
        {
            return target;
        }

        GenericInstanceMethod closed = new(target);
        foreach (TypeReference argument in instance.GenericArguments)
        {
            closed.GenericArguments.Add(argument);
        }

        return closed;
    }

    /// <summary>The usual way of configuring is one that the rewriter knows.</summary>
    private static void ConfigureResult(ModuleDefinition module, EditedCall call)
    {
        MethodReference configure = module.ImportReference(
            typeof(Task).GetMethod(nameof(Task.ConfigureAwait), [typeof(bool)]));
        ILProcessor body = call.Body.GetILProcessor();
        body.InsertAfter(call.Instruction, body.Create(OpCodes.Callvirt, configure));
        body.InsertAfter(call.Instruction, body.Create(OpCodes.Ldc_I4_0));
    }

    private MethodDefinition? Find(EditedCall call)
    {
        IEnumerable<string> parameters = call.Method.Parameters.Select(parameter => Name(parameter.ParameterType));
        if (call.Method.HasThis)
        {
            parameters = parameters.Prepend(Name(call.Type));
        }

        return _methods.GetValueOrDefault(Name(call.Type), []).FirstOrDefault(method =>
            method.Name == call.Method.Name
            && method.Parameters.Select(parameter => Name(parameter.ParameterType)).SequenceEqual(parameters));
    }

    /// <summary>Without type arguments and references.</summary>
    private static string Name(TypeReference type) => type.GetElementType().FullName;
}
