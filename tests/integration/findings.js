// Prints as JSON what a library finds in templates: [{rule, file, resource, message}].
//
//     node findings.js cdk-nag|cloudformation-validate TEMPLATE...
const path = require("path");

// cdk-nag looks at constructs, so the template is read into an app that is never synthesised.
function* nag(file) {
    const { App, Stack } = require("aws-cdk-lib");
    const { CfnInclude } = require("aws-cdk-lib/cloudformation-include");
    const { AwsSolutionsChecks, NIST80053R5Checks } = require("cdk-nag");
    const stack = new Stack(new App(), "Stack");
    new CfnInclude(stack, "Template", { templateFile: file });
    for (const pack of [new AwsSolutionsChecks(), new NIST80053R5Checks()])
        for (const { ruleName, description, violatingResources } of pack.validateScope(stack).violations)
            for (const { constructPath } of violatingResources)
                yield { rule: ruleName, resource: path.basename(constructPath), message: description };
}

function* validate(file) {
    const { CelEngine, TemplateFile } = require("@aws/cloudformation-validate");
    const engine = new CelEngine();
    for (const found of engine.validateStandard(new TemplateFile(file)).diagnostics)
        if (found.severity !== "INFO")
            yield { rule: found.ruleId, resource: found.entity?.logicalId ?? "", message: found.message };
    engine.free();
}

const [tool, ...files] = process.argv.slice(2);
const find = { "cdk-nag": nag, "cloudformation-validate": validate }[tool];
console.log(JSON.stringify(files.flatMap((file) => [...find(file)].map((found) => ({ file, ...found })))));
