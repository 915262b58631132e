# Writes a template of about 450 resources as a real migration has them: for each database its source
# and target endpoints, replication task, cluster, instances, parameter groups, secrets, functions,
# roles, queues, topics, alarms and logs.
#
#   awk -v databases=18 -f migration.awk
function q(text) { return "\"" text "\"" }
function pair(name, value) { return q(name) ": " value }
function text(name, value) { return pair(name, q(value)) }
function ref(id) { return "{\"Ref\": " q(id) "}" }
function attribute(id, name) { return "{\"Fn::GetAtt\": [" q(id) ", " q(name) "]}" }
function sub_(value) { return "{\"Fn::Sub\": " q(value) "}" }
function tags() {
    return "\"Tags\": [{\"Key\": \"Name\", \"Value\": {\"Fn::Sub\": \"${AWS::StackName}-" id "\"}}, " \
        "{\"Key\": \"Project\", \"Value\": \"migration\"}, {\"Key\": \"Owner\", \"Value\": \"database-team\"}]"
}
function resource(name, type, properties, more) {
    id = name
    printf "%s    %s: {\n      \"Type\": \"%s\",%s\n      \"Properties\": {%s}\n    }", \
        count++ ? ",\n" : "", q(name), type, more, properties
}
function tagged(name, type, properties, more) {
    id = name
    resource(name, type, properties ", " tags(), more)
}
function statement(actions, on, _effect) {
    return "{\"Effect\": \"Allow\", \"Action\": [" actions "], \"Resource\": " on "}"
}
function assumed_by(service) {
    return "\"AssumeRolePolicyDocument\": {\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", " \
        "\"Principal\": {\"Service\": " q(service) "}, \"Action\": \"sts:AssumeRole\"}]}"
}
function policy(name, statements) {
    return "{\"PolicyName\": " q(name) ", \"PolicyDocument\": {\"Version\": \"2012-10-17\", \"Statement\": [" statements "]}}"
}

function shared() {
    tagged("Key", "AWS::KMS::Key", text("Description", "Data of the migration") ", \"EnableKeyRotation\": true, " \
        "\"KeyPolicy\": {\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": " \
        sub_("arn:${AWS::Partition}:iam::${AWS::AccountId}:root") "}, \"Action\": \"kms:*\", \"Resource\": \"*\"}]}")
    resource("KeyAlias", "AWS::KMS::Alias", pair("AliasName", sub_("alias/${AWS::StackName}")) ", " \
        pair("TargetKeyId", ref("Key")))
    tagged("Topic", "AWS::SNS::Topic", pair("KmsMasterKeyId", ref("Key")) ", \"Subscription\": [{\"Protocol\": \"email\", " \
        "\"Endpoint\": {\"Ref\": \"Email\"}}]")
    tagged("ReplicationSubnets", "AWS::DMS::ReplicationSubnetGroup", \
        text("ReplicationSubnetGroupDescription", "Where data is moved") ", " pair("SubnetIds", ref("Subnets")))
    tagged("DatabaseSubnets", "AWS::RDS::DBSubnetGroup", \
        text("DBSubnetGroupDescription", "Where databases are") ", " pair("SubnetIds", ref("Subnets")))
    tagged("MoverGroup", "AWS::EC2::SecurityGroup", text("GroupDescription", "Moves data") ", " \
        pair("VpcId", ref("Vpc")) ", \"SecurityGroupEgress\": [{\"IpProtocol\": \"-1\", \"CidrIp\": \"0.0.0.0/0\"}]")
    tagged("Mover", "AWS::DMS::ReplicationInstance", text("ReplicationInstanceClass", "dms.r5.xlarge") ", " \
        "\"AllocatedStorage\": 500, \"MultiAZ\": {\"Fn::If\": [\"IsProduction\", true, false]}, \"PubliclyAccessible\": false, " \
        pair("KmsKeyId", ref("Key")) ", " pair("ReplicationSubnetGroupIdentifier", ref("ReplicationSubnets")) ", " \
        "\"VpcSecurityGroupIds\": [" attribute("MoverGroup", "GroupId") "]")
}

function cluster(d) {
    tagged("Group" d, "AWS::EC2::SecurityGroup", text("GroupDescription", "Database " d) ", " pair("VpcId", ref("Vpc")) ", " \
        "\"SecurityGroupIngress\": [{\"IpProtocol\": \"tcp\", \"FromPort\": 3306, \"ToPort\": 3306, \"CidrIp\": \"10." d ".0.0/16\", " \
        "\"Description\": \"applications\"}]")
    resource("FromMover" d, "AWS::EC2::SecurityGroupIngress", pair("GroupId", attribute("Group" d, "GroupId")) ", " \
        "\"IpProtocol\": \"tcp\", \"FromPort\": 3306, \"ToPort\": 3306, " \
        pair("SourceSecurityGroupId", attribute("MoverGroup", "GroupId")))
    tagged("Secret" d, "AWS::SecretsManager::Secret", pair("KmsKeyId", ref("Key")) ", \"GenerateSecretString\": {" \
        text("SecretStringTemplate", "{\\\"username\\\": \\\"master\\\"}") ", \"GenerateStringKey\": \"password\", " \
        "\"PasswordLength\": 32, \"ExcludeCharacters\": \"/@ '\"}")
    tagged("ClusterParameters" d, "AWS::RDS::DBClusterParameterGroup", text("Family", "aurora-mysql8.0") ", " \
        text("Description", "Cluster " d) ", \"Parameters\": {\"binlog_format\": \"ROW\", \"character_set_server\": \"utf8mb4\", " \
        "\"time_zone\": \"UTC\", \"require_secure_transport\": \"ON\"}")
    tagged("Parameters" d, "AWS::RDS::DBParameterGroup", text("Family", "aurora-mysql8.0") ", " \
        text("Description", "Instances of " d) ", \"Parameters\": {\"slow_query_log\": \"1\", \"long_query_time\": \"2\"}")
    tagged("Cluster" d, "AWS::RDS::DBCluster", text("Engine", "aurora-mysql") ", " text("EngineVersion", "8.0.mysql_aurora.3.08.2") ", " \
        pair("MasterUsername", sub_("{{resolve:secretsmanager:${Secret" d "}:SecretString:username}}")) ", " \
        pair("MasterUserPassword", sub_("{{resolve:secretsmanager:${Secret" d "}:SecretString:password}}")) ", " \
        text("DatabaseName", "application" d) ", \"BackupRetentionPeriod\": {\"Fn::If\": [\"IsProduction\", 35, 7]}, " \
        "\"StorageEncrypted\": true, \"DeletionProtection\": true, \"CopyTagsToSnapshot\": true, " pair("KmsKeyId", attribute("Key", "Arn")) ", " \
        "\"EnableCloudwatchLogsExports\": [\"audit\", \"error\", \"slowquery\"], " pair("DBClusterParameterGroupName", ref("ClusterParameters" d)) ", " \
        pair("DBSubnetGroupName", ref("DatabaseSubnets")) ", \"PreferredBackupWindow\": \"01:00-02:00\", " \
        "\"VpcSecurityGroupIds\": [" attribute("Group" d, "GroupId") "]", \
        "\n      \"DeletionPolicy\": \"Snapshot\",\n      \"UpdateReplacePolicy\": \"Snapshot\",")
    for (i = 1; i <= 3; i++)
        tagged("Instance" d "No" i, "AWS::RDS::DBInstance", text("Engine", "aurora-mysql") ", " text("DBInstanceClass", "db.r6g.xlarge") ", " \
            pair("DBClusterIdentifier", ref("Cluster" d)) ", " pair("DBParameterGroupName", ref("Parameters" d)) ", " \
            "\"PubliclyAccessible\": false, \"PromotionTier\": " (i - 1) ", \"AutoMinorVersionUpgrade\": false, " \
            "\"EnablePerformanceInsights\": true, \"PerformanceInsightsRetentionPeriod\": 31, \"MonitoringInterval\": 60, " \
            pair("MonitoringRoleArn", attribute("MonitoringRole" d, "Arn")))
    tagged("MonitoringRole" d, "AWS::IAM::Role", assumed_by("monitoring.rds.amazonaws.com") ", \"ManagedPolicyArns\": [" \
        sub_("arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole") "]")
}

function endpoint(name, server, secret) {
    tagged(name, "AWS::DMS::Endpoint", text("EndpointType", name ~ /^Source/ ? "source" : "target") ", " \
        text("EngineName", name ~ /^Source/ ? "mysql" : "aurora") ", " pair("KmsKeyId", ref("Key")) ", \"SslMode\": \"require\", " \
        "\"MySqlSettings\": {" pair("SecretsManagerSecretId", ref(secret)) ", " \
        pair("SecretsManagerAccessRoleArn", attribute("ReadsSecret" d, "Arn")) ", \"ParallelLoadThreads\": 4, \"MaxFileSize\": 32000, " \
        "\"ServerTimezone\": \"UTC\"}, \"ExtraConnectionAttributes\": \"initstmt=SET FOREIGN_KEY_CHECKS=0\"")
}

function mover(d) {
    tagged("ReadsSecret" d, "AWS::IAM::Role", assumed_by("dms.us-east-1.amazonaws.com") ", \"Policies\": [" \
        policy("read", statement("\"secretsmanager:GetSecretValue\", \"secretsmanager:DescribeSecret\"", ref("Secret" d)) ", " \
        statement("\"kms:Decrypt\"", attribute("Key", "Arn"))) "]")
    endpoint("Source" d, "", "Secret" d)
    endpoint("Target" d, "", "Secret" d)
    tagged("Task" d, "AWS::DMS::ReplicationTask", pair("ReplicationInstanceArn", ref("Mover")) ", " \
        pair("SourceEndpointArn", ref("Source" d)) ", " pair("TargetEndpointArn", ref("Target" d)) ", " \
        text("MigrationType", "full-load-and-cdc") ", " \
        text("TableMappings", "{\\\"rules\\\": [{\\\"rule-type\\\": \\\"selection\\\", \\\"rule-id\\\": \\\"1\\\", \\\"rule-name\\\": \\\"1\\\", " \
            "\\\"object-locator\\\": {\\\"schema-name\\\": \\\"application" d "\\\", \\\"table-name\\\": \\\"%\\\"}, \\\"rule-action\\\": \\\"include\\\"}]}") ", " \
        text("ReplicationTaskSettings", "{\\\"Logging\\\": {\\\"EnableLogging\\\": true}, \\\"ValidationSettings\\\": {\\\"EnableValidation\\\": true}}"))
    tagged("Events" d, "AWS::DMS::EventSubscription", pair("SnsTopicArn", ref("Topic")) ", \"SourceType\": \"replication-task\", " \
        "\"EventCategories\": [\"failure\", \"state change\"], \"Enabled\": true, \"SourceIds\": [" ref("Task" d) "]")
}

function validator(d) {
    tagged("Logs" d, "AWS::Logs::LogGroup", pair("LogGroupName", sub_("/aws/lambda/${AWS::StackName}-validator-" d)) ", \"RetentionInDays\": 90", \
        "\n      \"DeletionPolicy\": \"Delete\",\n      \"UpdateReplacePolicy\": \"Delete\",")
    tagged("ValidatorRole" d, "AWS::IAM::Role", assumed_by("lambda.amazonaws.com") ", \"Policies\": [" \
        policy("write-logs", statement("\"logs:CreateLogStream\", \"logs:PutLogEvents\"", attribute("Logs" d, "Arn")) ", " \
        statement("\"secretsmanager:GetSecretValue\"", ref("Secret" d)) ", " \
        statement("\"sqs:SendMessage\"", attribute("Queue" d, "Arn"))) "]")
    tagged("Validator" d, "AWS::Lambda::Function", pair("FunctionName", sub_("${AWS::StackName}-validator-" d)) ", " \
        text("Runtime", "provided.al2023") ", \"Handler\": \"bootstrap\", \"Architectures\": [\"arm64\"], " \
        "\"Code\": {\"S3Bucket\": {\"Ref\": \"Bucket\"}, \"S3Key\": \"validator.zip\"}, " pair("Role", attribute("ValidatorRole" d, "Arn")) ", " \
        "\"Timeout\": 900, \"MemorySize\": 1024, \"Environment\": {\"Variables\": {" pair("SECRET_ARN", ref("Secret" d)) ", " \
        pair("WRITER", attribute("Cluster" d, "Endpoint.Address")) ", " pair("PORT", attribute("Cluster" d, "Endpoint.Port")) "}}, " \
        "\"DeadLetterConfig\": {" pair("TargetArn", attribute("Queue" d, "Arn")) "}, \"VpcConfig\": {" pair("SubnetIds", ref("Subnets")) ", " \
        "\"SecurityGroupIds\": [" attribute("MoverGroup", "GroupId") "]}")
    tagged("Queue" d, "AWS::SQS::Queue", pair("KmsMasterKeyId", ref("Key")) ", \"MessageRetentionPeriod\": 1209600, \"VisibilityTimeout\": 900", \
        "\n      \"DeletionPolicy\": \"Delete\",\n      \"UpdateReplacePolicy\": \"Delete\",")
    tagged("Schedule" d, "AWS::Events::Rule", text("ScheduleExpression", "rate(1 hour)") ", \"State\": {\"Fn::If\": [\"IsProduction\", \"ENABLED\", \"DISABLED\"]}, " \
        "\"Targets\": [{\"Id\": \"validator\", " pair("Arn", attribute("Validator" d, "Arn")) "}]")
    resource("MayBeScheduled" d, "AWS::Lambda::Permission", text("Action", "lambda:InvokeFunction") ", " \
        pair("FunctionName", ref("Validator" d)) ", \"Principal\": \"events.amazonaws.com\", " pair("SourceArn", attribute("Schedule" d, "Arn")))
}

function alarm(name, space, metric, dimension, value, above) {
    tagged(name, "AWS::CloudWatch::Alarm", text("Namespace", space) ", " text("MetricName", metric) ", " \
        pair("Dimensions", "[{" text("Name", dimension) ", " pair("Value", value) "}]") ", \"Statistic\": \"Maximum\", \"Period\": 300, " \
        "\"EvaluationPeriods\": 3, \"DatapointsToAlarm\": 2, \"Threshold\": " above ", \"ComparisonOperator\": \"GreaterThanThreshold\", " \
        "\"TreatMissingData\": \"notBreaching\", \"AlarmActions\": [" ref("Topic") "], \"OKActions\": [" ref("Topic") "]")
}
function alarms(d) {
    alarm("Busy" d, "AWS/RDS", "CPUUtilization", "DBClusterIdentifier", ref("Cluster" d), 80)
    alarm("Connections" d, "AWS/RDS", "DatabaseConnections", "DBClusterIdentifier", ref("Cluster" d), 900)
    alarm("Lag" d, "AWS/RDS", "AuroraReplicaLagMaximum", "DBClusterIdentifier", ref("Cluster" d), 1000)
    alarm("Failed" d, "AWS/Lambda", "Errors", "FunctionName", ref("Validator" d), 0)
}

BEGIN {
    print "{\n  \"AWSTemplateFormatVersion\": \"2010-09-09\",\n  \"Description\": \"A migration of " databases " databases\",\n  \"Parameters\": {"
    print "    \"Vpc\": {\"Type\": \"AWS::EC2::VPC::Id\"},\n    \"Subnets\": {\"Type\": \"List<AWS::EC2::Subnet::Id>\"},"
    print "    \"Bucket\": {\"Type\": \"String\"},\n    \"Email\": {\"Type\": \"String\"},"
    print "    \"Environment\": {\"Type\": \"String\", \"AllowedValues\": [\"prod\", \"test\"], \"Default\": \"test\"}\n  },"
    print "  \"Conditions\": {\"IsProduction\": {\"Fn::Equals\": [{\"Ref\": \"Environment\"}, \"prod\"]}},\n  \"Resources\": {"
    shared()
    for (d = 1; d <= databases; d++) {
        cluster(d)
        mover(d)
        validator(d)
        alarms(d)
    }
    print "\n  },\n  \"Outputs\": {"
    for (d = 1; d <= databases; d++)
        printf "    \"Endpoint%d\": {\"Value\": %s}%s\n", d, attribute("Cluster" d, "Endpoint.Address"), d < databases ? "," : ""
    print "  }\n}"
}
