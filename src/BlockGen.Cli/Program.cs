using BlockGen.Cli;

using ToolConsole console = ToolConsole.OfProcess();
return await Tool.RunAsync(args, console);
