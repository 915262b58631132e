-- Locks the application's login out of the side that is not in use, and ends its connections; so no client that kept the
-- old address writes there. As the master user, SET @app_user = '...' first. DMS goes on writing.
-- To let it in again: ALTER USER '...'@'%' ACCOUNT UNLOCK.
SET @lock = CONCAT('ALTER USER ', QUOTE(@app_user), '@''%'' ACCOUNT LOCK');
PREPARE statement FROM @lock;
EXECUTE statement;
DEALLOCATE PREPARE statement;
-- Run what this prints; `| mariadb ...` does so.
SELECT CONCAT('CALL mysql.rds_kill(', id, ');') AS '-- connections to end'
FROM information_schema.processlist WHERE user = @app_user;
