// What @aws-cdk/cloudformation-diff says of pairs of templates.
//
// Reads lines of JSON, {"name", "old", "new"}, the last two files in JSON; writes one line of JSON
// for each: {"name", "resources", "sections"}, or {"name", "broke"}.
'use strict';
const fs = require('fs');
const { fullDiff } = require('@aws-cdk/cloudformation-diff');

const SECTIONS = {
  conditions: 'Conditions',
  mappings: 'Mappings',
  metadata: 'Metadata',
  outputs: 'Outputs',
  parameters: 'Parameters',
};
const ATTRIBUTES = {
  awsTemplateFormatVersion: 'AWSTemplateFormatVersion',
  description: 'Description',
  transform: 'Transform',
};

function resource(change) {
  const properties = {};
  for (const [name, difference] of Object.entries(change.propertyUpdates)) {
    properties[name] = difference.changeImpact;
  }
  return {
    added: change.isAddition,
    removed: change.isRemoval,
    types: [change.oldResourceType, change.newResourceType],
    impact: change.changeImpact,
    properties,
    others: Object.keys(change.otherChanges),
  };
}

function answer(pair) {
  const read = (path) => JSON.parse(fs.readFileSync(path, 'utf-8'));
  const diff = fullDiff(read(pair.old), read(pair.new));
  const resources = {};
  for (const [id, change] of Object.entries(diff.resources.changes)) {
    resources[id] = resource(change);
  }
  const sections = [];
  for (const [name, section] of Object.entries(SECTIONS)) {
    for (const id of Object.keys(diff[name].changes)) sections.push([section, id]);
  }
  for (const [name, section] of Object.entries(ATTRIBUTES)) {
    if (diff[name]) sections.push([section, '']);
  }
  for (const id of Object.keys(diff.unknown.changes)) sections.push([id, '']);
  return { name: pair.name, resources, sections };
}

for (const line of fs.readFileSync(0, 'utf-8').split('\n')) {
  if (!line) continue;
  const pair = JSON.parse(line);
  try {
    console.log(JSON.stringify(answer(pair)));
  } catch (error) {
    console.log(JSON.stringify({ name: pair.name, broke: String(error) }));
  }
}
