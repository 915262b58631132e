-- A change of the schema while the task runs: at the source. DMS follows columns that are added at the end of a
-- table (HandleSourceTableAltered); for others stop the task, change both databases, and load the table again.
ALTER TABLE customers ADD COLUMN points INT NULL;
UPDATE customers SET points = 10 WHERE id <= 100;
