using BlockGen.Concurrency.Tests.Exploring;

return await Commands.RunAsync(args).ConfigureAwait(false);
