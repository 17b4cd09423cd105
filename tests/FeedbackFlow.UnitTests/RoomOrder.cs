using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;

namespace FeedbackFlow.Tests;

/// <summary>
/// Tells which types of a pipeline use what they must not: a room uses itself and the rooms before it, ports any room, verbs everything; and rooms stay pure.
/// Looks at bases, members and signatures and also into the bodies, where a static call would hide.
/// </summary>
internal sealed class RoomOrder(string root, IReadOnlyList<string> rooms)
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly FrozenDictionary<short, OpCode> Codes = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToFrozenDictionary(code => code.Value);

    /// <summary>Sentences such as <c>Intake.Feedback uses Recovery.Plan</c>.</summary>
    public IReadOnlyList<string> Violations(IEnumerable<Type> types) =>
        [.. from type in types
            let user = Place(type)
            where user is not null
            from used in Uses(type).Distinct()
            where IsTooLate(user.Value, used) || (user < rooms.Count && IsImpure(used))
            select $"{Name(type)} uses {Name(used)}"];

    /// <summary>Folders of the pipeline that no list has.</summary>
    public IEnumerable<string> Unknown(IEnumerable<Type> types) =>
        types.Select(Folder).OfType<string>().Where(folder => folder is not ("" or "Ports") && !rooms.Contains(folder)).Distinct();

    private bool IsTooLate(int user, Type used) => Place(used) is { } place && place > user;

    /// <summary>A reader of bytes is no I/O by itself: rooms read what is embedded in their own assembly.</summary>
    private static readonly Type[] Readers = [typeof(Stream), typeof(StreamReader), typeof(TextReader), typeof(BinaryReader), typeof(InvalidDataException)];

    private static bool IsImpure(Type used) => !Readers.Contains(used) && IsOutside(used);

    private static bool IsOutside(Type used) =>
        used == typeof(TimeProvider) || used == typeof(Console) || used == typeof(Random)
        || used.Namespace is { } space
        && (Within(space, "System.IO") || Within(space, "System.Net") || Within(space, "System.Threading") || Within(space, "System.Data") || Within(space, "Microsoft"));

    /// <summary>Rooms in their order, then ports, then verbs; null for what is no part of the pipeline.</summary>
    private int? Place(Type type) => Folder(type) switch
    {
        null => null,
        "" => rooms.Count + 1,
        "Ports" => rooms.Count,
        var folder => rooms.ToList().IndexOf(folder) is >= 0 and var place ? place : null,
    };

    private string? Folder(Type type)
    {
        var space = type.Namespace;
        if (space == root) return "";
        return space is not null && Within(space, root) ? space[(root.Length + 1)..].Split('.')[0] : null;
    }

    private string Name(Type type) => (type.FullName ?? type.Name).Replace(root + ".", "", StringComparison.Ordinal).Replace('+', '.');

    private static bool Within(string space, string parent) => space == parent || space.StartsWith(parent + ".", StringComparison.Ordinal);

    private static IEnumerable<Type> Uses(Type type)
    {
        IEnumerable<Type?> direct =
        [
            type.BaseType, .. type.GetInterfaces(), .. type.GetGenericArguments().SelectMany(Constraints),
            .. type.GetFields(Own).Select(field => field.FieldType), .. type.GetEvents(Own).Select(happening => happening.EventHandlerType),
            .. type.GetMethods(Own).SelectMany(method => Signature(method).Append(method.ReturnType)), .. type.GetConstructors(Own).SelectMany(Signature),
            .. type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own)).SelectMany(InBody),
        ];
        return direct.OfType<Type>().SelectMany(Parts);
    }

    private static IEnumerable<Type> Signature(MethodBase method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).Concat(method.IsGenericMethod ? method.GetGenericArguments().SelectMany(Constraints) : []);

    private static IEnumerable<Type> Constraints(Type argument) => argument.IsGenericParameter ? argument.GetGenericParameterConstraints() : [];

    /// <summary>A list of tasks is a list and a task.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        if (type.IsGenericParameter) return [];
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()) : [type];
    }

    private static IEnumerable<Type?> InBody(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body) yield break;
        foreach (var local in body.LocalVariables) yield return local.LocalType;
        var code = body.GetILAsByteArray()!;
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xfe ? (short)(0xfe00 | code[at + 1]) : code[at];
            var instruction = Codes[value];
            at += instruction.Size;
            if (instruction.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                foreach (var used in Named(method, BitConverter.ToInt32(code, at))) yield return used;
            }

            at += OperandLength(instruction.OperandType, code, at);
        }
    }

    private static IEnumerable<Type?> Named(MethodBase method, int token)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        var member = method.Module.ResolveMember(token, ofType, method.IsGenericMethod ? method.GetGenericArguments() : null);
        return member switch
        {
            Type type => [type],
            MethodInfo called => [called.DeclaringType, called.ReturnType, .. called.GetGenericArguments()],
            _ => [member?.DeclaringType],
        };
    }

    private static int OperandLength(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
