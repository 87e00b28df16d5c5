// The tool works in the process's current folder, which all tests of it share.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
