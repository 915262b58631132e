/* Every diagnostic of cfngen: X(id, severity, title). Ids are stable: they are never reused.
 * CFN0xxx reading and writing files, CFN1xxx the template, CFN2xxx constructs,
 * CFN3xxx resource types and their properties, CFN4xxx AWS and migration rules,
 * CFN5xxx databases that are compared, CFN60xx templates that are compared,
 * CFN61xx what is deployed, CFN63xx assertions and test files. */
#ifndef CFNGEN_DIAGNOSTIC_IDS_H
#define CFNGEN_DIAGNOSTIC_IDS_H

/* clang-format off */
#define CFN_DIAGNOSTIC_IDS(X)                                                                       \
    /* files and text */                                                                            \
    X(CFN0001, ERROR,   "out of memory")                                                            \
    X(CFN0002, ERROR,   "the file cannot be read")                                                  \
    X(CFN0003, ERROR,   "the file cannot be written")                                               \
    X(CFN0004, ERROR,   "the input is too large")                                                   \
    X(CFN0005, ERROR,   "the text is not UTF-8")                                                    \
    X(CFN0006, ERROR,   "the text holds a NUL character")                                           \
    X(CFN0007, ERROR,   "the document is empty")                                                    \
    X(CFN0008, ERROR,   "the root is not a mapping")                                                \
    X(CFN0009, ERROR,   "the nesting is too deep")                                                  \
    X(CFN0010, ERROR,   "a key is given twice")                                                     \
    X(CFN0011, ERROR,   "there are too many values")                                                \
    X(CFN0012, ERROR,   "a value is too long")                                                      \
    X(CFN0013, NOTE,    "further diagnostics are not shown")                                        \
    /* JSON */                                                                                      \
    X(CFN0101, ERROR,   "JSON syntax")                                                              \
    X(CFN0102, ERROR,   "a number is out of range")                                                 \
    /* YAML */                                                                                      \
    X(CFN0201, ERROR,   "YAML syntax")                                                              \
    X(CFN0202, ERROR,   "unknown tag")                                                              \
    X(CFN0203, ERROR,   "more than one document")                                                   \
    X(CFN0204, ERROR,   "unknown anchor")                                                           \
    X(CFN0205, ERROR,   "an alias stands inside its own anchor")                                    \
    X(CFN0206, ERROR,   "a key is not text")                                                        \
    X(CFN0207, ERROR,   "a merge key (<<) does not name a mapping")                                 \
    X(CFN0208, WARNING, "a plain yes, no, on or off is a boolean")                                  \
    X(CFN0209, WARNING, "a plain scalar looks like a number but is taken as text")                  \
    X(CFN0210, ERROR,   "a tag does not fit its value")                                             \
    /* template: shape */                                                                           \
    X(CFN1001, ERROR,   "unknown section")                                                          \
    X(CFN1002, ERROR,   "unknown attribute")                                                        \
    X(CFN1003, ERROR,   "something required is missing")                                            \
    X(CFN1004, ERROR,   "a value is of the wrong kind")                                             \
    X(CFN1005, ERROR,   "a value is not one of those allowed")                                      \
    X(CFN1006, ERROR,   "null in a template")                                                       \
    X(CFN1007, ERROR,   "an id is malformed")                                                       \
    X(CFN1008, ERROR,   "a parameter and a resource have the same id")                              \
    X(CFN1009, ERROR,   "a resource type is malformed")                                             \
    X(CFN1010, ERROR,   "something is empty")                                                       \
    /* template: parameters */                                                                      \
    X(CFN1101, ERROR,   "unknown parameter type")                                                   \
    X(CFN1102, ERROR,   "a default does not meet the parameter's own rules")                        \
    X(CFN1103, ERROR,   "the rules of a parameter contradict each other")                           \
    /* template: intrinsic functions */                                                             \
    X(CFN1201, ERROR,   "unknown intrinsic function")                                               \
    X(CFN1202, ERROR,   "an intrinsic function has too few or too many arguments")                  \
    X(CFN1203, ERROR,   "an argument of an intrinsic function is of the wrong kind")                \
    X(CFN1204, ERROR,   "an intrinsic function may not stand here")                                 \
    X(CFN1205, ERROR,   "something needs the transform AWS::LanguageExtensions")                    \
    X(CFN1206, ERROR,   "the text of a Fn::Sub is malformed")                                       \
    X(CFN1207, ERROR,   "an index is out of range")                                                 \
    /* template: references */                                                                      \
    X(CFN1301, ERROR,   "a name is not defined")                                                    \
    X(CFN1302, ERROR,   "unknown pseudo parameter")                                                 \
    X(CFN1303, ERROR,   "a name is that of something else")                                         \
    X(CFN1304, ERROR,   "unknown condition")                                                        \
    X(CFN1305, ERROR,   "unknown mapping")                                                          \
    X(CFN1306, ERROR,   "a mapping has no such key")                                                \
    X(CFN1307, ERROR,   "something refers to itself")                                               \
    X(CFN1308, ERROR,   "references run in a circle")                                               \
    X(CFN1309, ERROR,   "a reference to a resource may not stand here")                             \
    X(CFN1310, WARNING, "a resource that may be missing is needed always")                          \
    X(CFN1311, WARNING, "a dependency is given twice")                                              \
    /* template: limits */                                                                          \
    X(CFN1401, ERROR,   "a template has too many of something")                                     \
    X(CFN1402, ERROR,   "a text is too long")                                                       \
    X(CFN1403, ERROR,   "an id is too long")                                                        \
    X(CFN1404, ERROR,   "the template is too large")                                                \
    X(CFN1405, NOTE,    "the template must be deployed through S3")                                 \
    /* constructs */                                                                                \
    X(CFN2001, ERROR,   "unknown construct")                                                        \
    X(CFN2002, ERROR,   "unknown property of a construct")                                          \
    X(CFN2003, ERROR,   "a value of the wrong type")                                                \
    X(CFN2004, ERROR,   "a required property is missing")                                           \
    X(CFN2005, ERROR,   "a property must be known at synth")                                        \
    X(CFN2006, ERROR,   "a value that is not allowed")                                              \
    X(CFN2007, ERROR,   "a number or a length out of range")                                        \
    X(CFN2008, ERROR,   "a construct of another type is expected")                                  \
    X(CFN2009, ERROR,   "a construct is named as text")                                             \
    X(CFN2010, ERROR,   "an id is taken")                                                           \
    X(CFN2011, ERROR,   "ill-formed environment or suffix")                                         \
    X(CFN2012, ERROR,   "ill-formed physical name")                                                 \
    X(CFN2013, ERROR,   "unknown attribute of a construct")                                         \
    X(CFN2014, ERROR,   "Overrides does not fit the construct")                                     \
    X(CFN2015, ERROR,   "ill-formed Metadata.Cfngen")                                               \
    X(CFN2016, ERROR,   "ill-formed suppression")                                                   \
    X(CFN2017, ERROR,   "a parameter cannot be set so")                                             \
    X(CFN2018, ERROR,   "unknown attribute on a construct")                                         \
    X(CFN2019, ERROR,   "properties that exclude or need each other")                               \
    X(CFN2020, ERROR,   "the stack is not empty")                                                   \
    X(CFN2021, WARNING, "a suppression silences nothing")                                           \
    X(CFN2023, ERROR,   "ill-formed tag")                                                           \
    X(CFN2024, ERROR,   "ill-formed id of an existing thing")                                       \
    X(CFN2025, ERROR,   "a construct stands in a loop")                                             \
    /* resource types */                                                                            \
    X(CFN3001, ERROR,   "the file holds no facts about resource types")                             \
    X(CFN3002, ERROR,   "the facts are of another version")                                         \
    X(CFN3003, ERROR,   "the facts are damaged")                                                    \
    X(CFN3004, ERROR,   "a provider schema cannot be used")                                         \
    X(CFN3005, ERROR,   "the facts cannot be built")                                                \
    X(CFN3006, ERROR,   "a service without resource types")                                         \
    /* a template against the facts about resource types */                                         \
    X(CFN3101, ERROR,   "unknown resource type")                                                    \
    X(CFN3102, ERROR,   "a resource type does not exist in the region")                             \
    X(CFN3103, ERROR,   "unknown property of a resource")                                           \
    X(CFN3104, ERROR,   "a required property of a resource is missing")                             \
    X(CFN3105, ERROR,   "a property is of the wrong type")                                          \
    X(CFN3106, ERROR,   "a property has a value that is not allowed")                               \
    X(CFN3107, ERROR,   "a property does not match its pattern")                                    \
    X(CFN3108, ERROR,   "a list or mapping has too few or too many members")                        \
    X(CFN3109, ERROR,   "a text is too short or too long")                                          \
    X(CFN3110, ERROR,   "a number is out of range")                                                 \
    X(CFN3111, ERROR,   "a list has an item twice")                                                 \
    X(CFN3112, ERROR,   "properties exclude or need each other")                                    \
    X(CFN3113, WARNING, "a read-only property is set")                                              \
    X(CFN3114, ERROR,   "unknown attribute of a resource")                                          \
    X(CFN3115, ERROR,   "a function gives what the property does not take")                         \
    X(CFN3116, ERROR,   "the value of an output is not text")                                       \
    X(CFN3117, ERROR,   "an attribute that resources of this type do not have")                     \
    X(CFN3118, WARNING, "a parameter lets in what a property does not take")                        \
    X(CFN3119, NOTE,    "some values were not checked")                                             \
    X(CFN3120, ERROR,   "a text is not of its format")                                              \
    X(CFN3121, ERROR,   "properties do not go together")                                            \
    X(CFN3122, WARNING, "properties that are outdated, unwise or not known together")               \
    X(CFN3123, WARNING, "an address block does not begin at its first address")                     \
    X(CFN3124, WARNING, "the region is not known")                                                  \
    X(CFN3141, ERROR,  "a definition that Step Functions does not take")                            \
    X(CFN3142, ERROR,  "a transition to a state that is not there")                                 \
    X(CFN3143, ERROR,  "a state that nothing leads to")                                             \
    X(CFN3144, ERROR,  "a state that neither goes on nor ends, or does both")                       \
    X(CFN3145, ERROR,  "a rule of a Choice that Step Functions does not take")                      \
    X(CFN3146, ERROR,  "a Retry or a Catch that Step Functions does not take")                      \
    X(CFN3147, ERROR,  "a path or an expression where none can be, or none where one must be")      \
    X(CFN3148, WARNING,"a substitution that DefinitionSubstitutions does not have")                 \
    /* AWS and migrations; each title starts with the name of its rule in docs/rules.md */               \
    X(CFN4001, ERROR,   "E-NET001: a port is open to the world")                                    \
    X(CFN4002, ERROR,   "E-NET005: a subnet group needs two zones")                                 \
    X(CFN4003, WARNING, "W-NET006: a security group of another network")                            \
    X(CFN4004, ERROR,   "E-NET008: not a block of addresses that a VPC takes")                      \
    X(CFN4005, ERROR,   "E-NET009: blocks that overlap or lie outside the VPC")                     \
    X(CFN4006, ERROR,   "E-NET010: no room for a subnet in each zone")                              \
    X(CFN4007, ERROR,   "E-NET011: two subnets in one zone")                                        \
    X(CFN4008, NOTE,    "I-NET012: a peer must let and send answers back")                          \
    X(CFN4009, ERROR,   "E-NET013: a service has two endpoints with private DNS")                   \
    X(CFN4101, ERROR,   "E-AUR001: Backtrack does not fit the engine")                              \
    X(CFN4102, ERROR,   "E-AUR002: Backtrack excludes binary log replication")                      \
    X(CFN4103, ERROR,   "E-AUR003: the engine version cannot be created")                           \
    X(CFN4104, ERROR,   "E-AUR004: a parameter group of another family")                            \
    X(CFN4105, ERROR,   "E-AUR005: Performance Insights retention")                                 \
    X(CFN4106, ERROR,   "E-AUR006: the engine has no such log")                                     \
    X(CFN4107, WARNING, "W-AUR007: an exported log stays empty")                                    \
    X(CFN4108, ERROR,   "E-AUR022: a parameter of the cluster given to its instances")              \
    X(CFN4111, NOTE,    "I-AUR011: the zones of the instances are not known")                       \
    X(CFN4114, ERROR,   "E-AUR014: a snapshot outlives its key")                                    \
    X(CFN4115, WARNING, "W-AUR015: connections without TLS are accepted")                           \
    X(CFN4117, ERROR,   "E-AUR017: the monitoring interval")                                        \
    X(CFN4118, ERROR,   "E-AUR018: maintenance falls into the backup window")                       \
    X(CFN4119, WARNING, "W-AUR019: statements are logged with their data")                          \
    X(CFN4120, ERROR,   "E-AUR020: the capacity range is empty")                                    \
    X(CFN4121, WARNING, "W-AUR023: a serverless capacity that has no effect")                       \
    X(CFN4122, ERROR,   "E-AUR024: a collation of another character set")                           \
    X(CFN4131, ERROR,   "E-RDS001: without backups there is no binary log")                         \
    X(CFN4132, WARNING, "W-RDS002: the version is in Extended Support")                             \
    X(CFN4133, ERROR,   "E-RDS003: Extended Support refused for a version that needs it")           \
    X(CFN4134, ERROR,   "E-RDS004: a parameter that stops the capture of changes")                  \
    X(CFN4135, ERROR,   "E-RDS005: storage that RDS does not make")                                 \
    X(CFN4136, ERROR,   "E-RDS006: the family of the parameter group is not known")                 \
    X(CFN4201, ERROR,   "E-KMS003: an alias that AWS reserves")                                     \
    X(CFN4202, NOTE,    "I-KMS004: an existing key must let CloudWatch Logs in")                    \
    X(CFN4301, ERROR,   "E-DMS001: an SSL mode that DMS does not have for the engine")              \
    X(CFN4302, ERROR,   "E-DMS002: an SSL mode that needs a certificate")                           \
    X(CFN4303, WARNING, "W-DMS003: a connection that is not encrypted")                             \
    X(CFN4304, ERROR,   "E-DMS004: not the name of an engine of DMS")                               \
    X(CFN4305, ERROR,   "E-DMS005: a password in clear text")                                       \
    X(CFN4310, ERROR,   "E-DMS010: a service role that DMS does not find")                          \
    X(CFN4311, WARNING, "W-DMS011: roles of the whole account made unconditionally")                \
    X(CFN4316, ERROR,   "E-DMS016: the version of DMS cannot be created")                           \
    X(CFN4318, ERROR,   "E-DMS018: a zone for an instance in two zones")                            \
    X(CFN4319, WARNING, "W-DMS019: an outdated or unfit instance class")                            \
    X(CFN4320, ERROR,   "E-DMS020: a task setting that is read-only")                               \
    X(CFN4321, ERROR,   "E-DMS021: log context without logging")                                    \
    X(CFN4322, ERROR,   "E-DMS022: task settings that DMS would refuse")                            \
    X(CFN4323, ERROR,   "E-DMS023: not exactly one LOB mode")                                       \
    X(CFN4324, WARNING, "W-DMS024: larger LOBs are truncated silently")                             \
    X(CFN4325, WARNING, "W-DMS025: what is migrated is not validated")                              \
    X(CFN4326, WARNING, "W-DMS026: a task that does not log")                                       \
    X(CFN4327, ERROR,   "E-DMS027: table mappings that DMS would refuse or misread")                \
    X(CFN4328, WARNING, "W-DMS028: _ in a pattern is any one character")                            \
    X(CFN4329, WARNING, "W-DMS029: every schema is migrated")                                       \
    X(CFN4330, ERROR,   "E-DMS030: all tables would go into one database")                          \
    X(CFN4331, ERROR,   "E-DMS031: a setting of the other direction")                               \
    X(CFN4332, WARNING, "W-DMS032: foreign keys are checked while tables are loaded")               \
    X(CFN4334, ERROR,   "E-DMS034: where the changes start")                                        \
    X(CFN4335, WARNING, "W-DMS035: two tasks bring the same changes")                               \
    X(CFN4341, WARNING, "W-DMS041: batch apply without limited LOB mode")                           \
    X(CFN4342, NOTE,    "I-DMS042: the version of DMS can be created for a while only")             \
    X(CFN4343, WARNING, "W-DMS043: DMS takes no connections")                                       \
    X(CFN4344, WARNING, "W-DMS044: a certificate that is not used")                                 \
    X(CFN4345, ERROR,   "E-DMS045: a file that holds no certificates")                              \
    X(CFN4346, ERROR,   "E-DMS046: PostgreSQL needs the name of a database")                        \
    X(CFN4347, ERROR,   "E-DMS047: an endpoint of the wrong direction")                             \
    X(CFN4348, ERROR,   "E-DMS048: the way back cannot be derived")                                 \
    X(CFN4349, WARNING, "W-DMS049: a large bundle of certificates")                                 \
    X(CFN4350, ERROR,   "E-DMS050: a database without a log of its changes")                        \
    X(CFN4351, ERROR,   "E-MON012: a category of events that DMS does not have")                    \
    X(CFN4352, ERROR,   "E-DMS052: sources of events that DMS does not know so")                    \
    X(CFN4401, ERROR,   "E-MON001: a task is not known by this to CloudWatch")                      \
    X(CFN4402, ERROR,   "E-MON002: the dimensions of a DMS metric")                                 \
    X(CFN4403, ERROR,   "E-MON003: the lag of a replica is in milliseconds")                        \
    X(CFN4404, ERROR,   "E-MON004: the latency of a task is in seconds")                            \
    X(CFN4405, ERROR,   "E-MON005: the lag of a replica is asked of no replica")                    \
    X(CFN4406, WARNING, "W-MON006: nobody is told")                                                 \
    X(CFN4407, ERROR,   "E-MON015: an alarm that CloudWatch refuses or that never has data")        \
    X(CFN4410, ERROR,   "E-MON010: DMS does not write to this log group")                           \
    X(CFN4411, WARNING, "W-MON011: the latency of a task that failed is missing")                   \
    X(CFN4413, ERROR,   "E-MON013: a metric without this dimension")                                \
    X(CFN4421, ERROR,   "E-KMS001: notifications are lost with this key")                           \
    X(CFN4422, NOTE,    "I-KMS005: an existing key must let notifications through")                 \
    X(CFN4423, ERROR,   "E-KMS002: a condition that EventBridge does not meet")                     \
    X(CFN4431, ERROR,   "E-IAM001: a policy allows more than is needed")                            \
    X(CFN4432, WARNING, "W-IAM002: a managed policy allows more than is needed")                    \
    X(CFN4441, WARNING, "W-MON007: a widget whose metric has no data")                              \
    X(CFN4442, WARNING, "W-MON016: a widget without a region")                                      \
    X(CFN4443, ERROR,   "E-MON017: CloudWatch refuses the body of this dashboard")                  \
    X(CFN4501, ERROR,   "E-NET004: nothing lets a client reach Secrets Manager")                    \
    X(CFN4502, ERROR,   "E-NET007: nothing lets a client reach the database")                       \
    X(CFN4503, WARNING, "W-SEC002: DMS uses a secret that is rotated")                              \
    X(CFN4504, ERROR,   "E-SEC005: a schedule the service does not take")                           \
    X(CFN4505, WARNING, "W-SEC006: an outdated transform for rotation")                             \
    X(CFN4506, ERROR,   "E-SEC004: a secret without a host")                                        \
    X(CFN4507, ERROR,   "E-SEC007: RDS rotates this secret by itself")                              \
    X(CFN4511, ERROR,   "E-LAM001: code that is no bundle")                                         \
    X(CFN4512, WARNING, "W-LAM002: a secret in the environment of a function")                      \
    X(CFN4601, WARNING, "W-SFN001: nothing limits how much runs at once")                            \
    X(CFN4611, ERROR,   "E-CUT001: steps that one record cannot make")                              \
    X(CFN4612, ERROR,   "E-CUT002: steps that lead to no cutover")                                  \
    X(CFN4613, WARNING, "W-CUT003: both databases are written to between steps")                    \
    X(CFN4614, NOTE,    "I-CUT004: there is no way back without a loss")                            \
    X(CFN4615, ERROR,   "E-CUT005: a workflow whose times do not go together")                      \
    X(CFN4616, ERROR,   "E-CUT006: a target that is never ready")                                   \
    X(CFN4801, ERROR,   "E-S3001: a lifecycle that S3 refuses")                                     \
    X(CFN4802, NOTE,    "I-S3002: a bucket that holds anything is not deleted")                     \
    X(CFN4803, WARNING, "W-S3003: what expires is kept as an older version")                        \
    X(CFN4811, ERROR,   "E-SSM001: a parameter that Systems Manager refuses")                       \
    X(CFN4812, WARNING, "W-SSM002: a secret in a parameter")                                        \
    X(CFN4821, ERROR,   "E-EVT001: a rule that EventBridge refuses or that never matches")          \
    X(CFN4831, ERROR,   "E-R53004: a record that Route 53 refuses")                                 \
    X(CFN4832, WARNING, "W-R53005: a cutover takes as long as a TTL")                               \
    X(CFN4833, WARNING, "W-R53001: two databases may be written to at a time")                      \
    X(CFN4834, WARNING, "W-R53002: weighted records of one name with different TTLs")               \
    X(CFN4835, ERROR,   "E-R53003: a simple and a weighted record of one name")                     \
    X(CFN4841, ERROR,   "E-LOG001: a filter pattern that CloudWatch Logs refuses")                  \
    X(CFN4842, ERROR,   "E-LOG002: a metric that cannot be made of log events so")                  \
    X(CFN4843, ERROR,   "E-LOG003: a field that the filter pattern does not have")                  \
    X(CFN4844, WARNING, "W-LOG004: optional terms that are not looked at")                          \
    X(CFN4851, ERROR,   "E-BKP001: a lifecycle that AWS Backup refuses")                            \
    X(CFN4852, ERROR,   "E-BKP002: a window that AWS Backup refuses")                               \
    X(CFN4853, WARNING, "W-BKP003: cold storage for what has none")                                 \
    X(CFN4854, ERROR,   "E-BKP004: a selection that backs nothing up")                              \
    X(CFN4855, NOTE,    "I-BKP005: a vault that holds backups is not deleted")                      \
    X(CFN4856, WARNING, "W-BKP006: an event that AWS Backup never sends")                           \
    X(CFN4857, ERROR,   "E-BKP007: a lock that does not fit the backups")                           \
    X(CFN4858, WARNING, "W-BKP008: backups that are kept for ever")                                 \
    X(CFN4901, ERROR,   "E-GEN001: a description AWS does not take")                                \
    /* databases that are compared */                                                               \
    X(CFN5001, ERROR,   "the address of a database")                                                \
    X(CFN5002, ERROR,   "a database cannot be reached")                                             \
    X(CFN5003, ERROR,   "a database cannot be used")                                                \
    X(CFN5004, ERROR,   "nothing to compare")                                                       \
    X(CFN5005, ERROR,   "the record of an earlier run cannot be used")                              \
    X(CFN5006, ERROR,   "a database refuses a login, or what it is to do")                          \
    /* templates that are compared */                                                               \
    X(CFN6001, ERROR,   "what is compared is no template")                                          \
    X(CFN6010, WARNING, "data is lost")                                                             \
    X(CFN6011, ERROR,   "a fixed name is in the way of a replacement")                              \
    X(CFN6012, WARNING, "a resource looks renamed")                                                 \
    X(CFN6013, ERROR,   "the type of a resource cannot change")                                     \
    X(CFN6014, WARNING, "other stacks may import this value")                                       \
    X(CFN6015, WARNING, "a condition decides whether a resource goes")                              \
    X(CFN6016, WARNING, "a resource loses its protection")                                          \
    X(CFN6031, WARNING, "a task must be stopped first")                                             \
    X(CFN6032, WARNING, "tasks must be started again")                                              \
    X(CFN6033, WARNING, "an outage")                                                                \
    X(CFN6034, WARNING, "a reboot is needed")                                                       \
    X(CFN6035, NOTE,    "a new minor version")                                                      \
    X(CFN6036, WARNING, "a new major version")                                                      \
    X(CFN6037, ERROR,   "an older version")                                                         \
    X(CFN6038, ERROR,   "a major step that is not allowed")                                         \
    X(CFN6039, WARNING, "older backups are lost")                                                   \
    X(CFN6040, WARNING, "encryption changes")                                                       \
    X(CFN6041, WARNING, "a parameter of new databases alone")                                       \
    X(CFN6042, WARNING, "something can be reached from the internet")                               \
    X(CFN6043, WARNING, "older logs are lost")                                                      \
    X(CFN6044, WARNING, "nothing takes over in a failure")                                          \
    X(CFN6045, WARNING, "nothing is rotated any more")                                              \
    X(CFN6046, WARNING, "nobody is told any more")                                                  \
    /* deployed stacks */                                                                           \
    X(CFN6101, ERROR,   "not what describe-stacks answers")                                         \
    X(CFN6102, ERROR,   "a stack is not there")                                                     \
    X(CFN6103, ERROR,   "two stacks have the same output")                                          \
    X(CFN6104, ERROR,   "an output is missing")                                                     \
    X(CFN6105, WARNING, "an output is not declared")                                                \
    X(CFN6106, ERROR,   "an output cannot be a variable")                                           \
    /* assertions and test files */                                                                 \
    X(CFN6301, ERROR,   "a pattern is malformed")                                                   \
    X(CFN6302, ERROR,   "a regular expression is malformed")                                        \
    X(CFN6303, ERROR,   "a test file has an unknown key")                                           \
    X(CFN6304, ERROR,   "a test file lacks something")                                              \
    X(CFN6305, ERROR,   "a value in a test file is of the wrong kind")                              \
    X(CFN6306, ERROR,   "keys in a test file do not go together")                                   \
    X(CFN6307, ERROR,   "two tests have the same name")                                             \
    /* the end */
/* clang-format on */

#endif
