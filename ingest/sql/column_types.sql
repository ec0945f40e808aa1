-- The types of a table's columns.
SELECT name, type
FROM system.columns
WHERE database = currentDatabase() AND table = {table:String}
