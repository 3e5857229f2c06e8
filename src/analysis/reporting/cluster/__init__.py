"""The same catalogue on a Dask cluster; nothing here is imported unless a run asks for it."""
