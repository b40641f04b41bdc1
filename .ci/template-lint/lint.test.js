'use strict';

// A linter that finds nothing proves nothing: each mistake that it is there for, planted in the real template, has to be found.

const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const {execFileSync, spawnSync} = require('node:child_process');
const {lint} = require('./lint');

const FILE = path.join(__dirname, '..', '..', 'cloudformation-template.yaml');
const TEMPLATE = fs.readFileSync(FILE, 'utf8');

const MISTAKES = [
  ['a type that does not exist', 'Type: AWS::EMR::Cluster', 'Type: AWS::EMR::Clusters', /no resource type AWS::EMR::Clusters/],
  ['a property that does not exist', 'JobFlowRole:', 'JobFlowRoles:', /Cluster.JobFlowRoles: there is no such property/],
  ['a property that is missing', '      ServiceRole: !Ref ServiceRole\n', '', /Cluster: ServiceRole is missing/],
  ['a nested property that does not exist', 'SSEEnabled: true', 'SseEnabled: true', /Table.SSESpecification.SseEnabled/],
  ['a property in a list that does not exist', 'SizeInGB: 64', 'SizeInGiB: 64', /EbsBlockDeviceConfigs\[0\].*SizeInGiB/],
  ['a property in one value of an If', 'ReadCapacityUnits:', 'ReadUnits:', /Table.ProvisionedThroughput.ReadUnits/],
  ['a property where several types are allowed', 'KeyType: HASH', 'KeyTyp: HASH', /Table.KeySchema\[0\].KeyTyp: there is no such property/],
  ['a text for a number', 'StepConcurrencyLevel: 10', 'StepConcurrencyLevel: ten', /StepConcurrencyLevel: is no number/],
  ['a text for a boolean', 'DeletionProtectionEnabled: true', 'DeletionProtectionEnabled: surely', /is no boolean/],
  ['an object for a list', 'Applications: [{Name: Flink}, {Name: ZooKeeper}]', 'Applications: {Name: Flink}', /Applications: is no list/],
  ['an object for a text', 'ScaleDownBehavior: TERMINATE_AT_TASK_COMPLETION', 'ScaleDownBehavior: {Is: none}', /ScaleDownBehavior: is no text/],
  ['a Ref to nothing', '!Ref InstanceProfile', '!Ref Profile', /no parameter and no resource Profile/],
  ['a Sub of nothing', 's3://${S3BucketName}/app', 's3://${BucketsName}/app', /no parameter and no resource BucketsName/],
  ['a GetAtt of nothing', '!GetAtt NatAddress.AllocationId', '!GetAtt Address.AllocationId', /no resource Address/],
  ['an attribute that does not exist', '!GetAtt NatAddress.AllocationId', '!GetAtt NatAddress.Allocation', /no attribute Allocation/],
  ['an attribute in a Sub that does not exist', '${JobFailedAlarm.Arn}', '${JobFailedAlarm.Name}', /no attribute Name/],
  ['a condition in an If that is not defined', '!If [HasKmsKey, aws:kms', '!If [HasKey, aws:kms', /no condition HasKey/],
  ['a condition of a resource that is not defined', 'Condition: ScaleTable', 'Condition: Scale', /no condition Scale$/m],
  ['a condition of a condition that is not defined', '!Not [!Condition CreateNetwork]', '!Not [!Condition CreateNet]', /no condition CreateNet$/m],
  ['a mapping that does not exist', '!FindInMap [TaskManagerByInstanceType', '!FindInMap [ByInstanceType', /no mapping ByInstanceType/],
  ['a dependency on nothing', '- ServiceToCore\n', '- ServiceToCores\n', /DependsOn leads to no resource: ServiceToCores/],
];

test('the template has nothing wrong', () => {
  assert.deepEqual(lint(TEMPLATE), []);
});

for (const [what, right, wrong, message] of MISTAKES) {
  test(`finds ${what}`, () => {
    assert.ok(TEMPLATE.includes(right), `the template has no ${right}`);
    assert.match(lint(TEMPLATE.replace(right, () => wrong)).join('\n'), message);
  });
}

test('the exit code tells', () => {
  const file = path.join(fs.mkdtempSync(path.join(require('node:os').tmpdir(), 'lint-')), 'wrong.yaml');
  fs.writeFileSync(file, TEMPLATE.replace('JobFlowRole:', 'JobFlowRoles:'));
  const program = path.join(__dirname, 'lint.js');
  assert.equal(spawnSync(process.execPath, [program, file]).status, 1);
  assert.match(execFileSync(process.execPath, [program, FILE], {encoding: 'utf8'}), /nothing wrong/);
});
