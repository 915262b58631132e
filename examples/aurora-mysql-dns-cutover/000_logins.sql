-- The logins of DMS and of the application, for both databases. As the master user, once with each secret's values:
--   SET @dms_user = '...', @dms_password = '...', @app_user = '...', @app_password = '...';
--   source 000_logins.sql
-- Both take TLS alone. DMS writes, too: to the cluster by the task, to the source by the way back.
SET @login = CONCAT('CREATE USER IF NOT EXISTS ', QUOTE(@dms_user), '@''%'' IDENTIFIED BY ', QUOTE(@dms_password), ' REQUIRE SSL');
PREPARE statement FROM @login;
EXECUTE statement;
SET @login = CONCAT('GRANT SELECT, INSERT, UPDATE, DELETE, ALTER, CREATE, DROP, INDEX ON `', DATABASE(), '`.* TO ', QUOTE(@dms_user), '@''%''');
PREPARE statement FROM @login;
EXECUTE statement;
SET @login = CONCAT('GRANT ALL PRIVILEGES ON awsdms_control.* TO ', QUOTE(@dms_user), '@''%''');
PREPARE statement FROM @login;
EXECUTE statement;
SET @login = CONCAT('GRANT REPLICATION CLIENT, REPLICATION SLAVE ON *.* TO ', QUOTE(@dms_user), '@''%''');
PREPARE statement FROM @login;
EXECUTE statement;
SET @login = CONCAT('CREATE USER IF NOT EXISTS ', QUOTE(@app_user), '@''%'' IDENTIFIED BY ', QUOTE(@app_password), ' REQUIRE SSL');
PREPARE statement FROM @login;
EXECUTE statement;
SET @login = CONCAT('GRANT SELECT, INSERT, UPDATE, DELETE ON `', DATABASE(), '`.* TO ', QUOTE(@app_user), '@''%''');
PREPARE statement FROM @login;
EXECUTE statement;
DEALLOCATE PREPARE statement;
SET @login = NULL, @dms_password = NULL, @app_password = NULL;
