#!/usr/bin/env node
'use strict';

// Says what is wrong with a CloudFormation template: types, properties and attributes that do not exist, properties that
// are missing or of the wrong kind, references and conditions that lead nowhere. Exit code 1 if anything is.

const fs = require('node:fs');
const {loadAwsServiceSpecSync} = require('@aws-cdk/aws-service-spec');
const {parse, isFunction, firstDot} = require('./template');

const spec = loadAwsServiceSpecSync();
const NUMBERS = ['integer', 'number'];
const STRUCTURES = ['array', 'map', 'ref'];
const TAG = {Key: {required: true}, Value: {required: true}, PropagateAtLaunch: {}};

function lint(text) {
  const template = parse(text);
  const found = [];
  const say = (path, what) => found.push(`${path}: ${what}`);
  const resources = template.Resources ?? {};

  for (const [name, resource] of Object.entries(resources)) {
    const type = typeOf(resource);
    if (!type) {
      say(name, `there is no resource type ${resource.Type}`);
    } else {
      object(type.properties, resource.Properties ?? {}, name);
    }
    for (const other of [resource.DependsOn ?? []].flat()) {
      if (!(other in resources)) say(name, `DependsOn leads to no resource: ${other}`);
    }
  }
  for (const section of ['Rules', 'Conditions', 'Resources', 'Outputs']) {
    references(template[section], section);
  }
  return found;

  function typeOf(resource) {
    return spec.lookup('resource', 'cloudFormationType', 'equals', resource.Type)[0];
  }

  function object(properties, value, path) {
    for (const [key, child] of Object.entries(value)) {
      if (properties[key]) {
        check(properties[key].type, child, `${path}.${key}`);
      } else {
        say(`${path}.${key}`, 'there is no such property');
      }
    }
    for (const [key, property] of Object.entries(properties)) {
      if (property.required && !(key in value)) say(path, `${key} is missing`);
    }
  }

  /** Both values of an Fn::If are held against the type; of other functions nothing is known. */
  function check(type, value, path) {
    if (isFunction(value)) {
      for (const either of value['Fn::If']?.slice(1) ?? []) check(type, either, path);
    } else if (type?.type === 'array') {
      if (Array.isArray(value)) value.forEach((element, i) => check(type.element, element, `${path}[${i}]`));
      else say(path, 'is no list');
    } else if (type?.type === 'ref') {
      if (isObject(value)) object(spec.get('typeDefinition', type.reference.$ref).properties, value, path);
      else say(path, 'is no object');
    } else if (type?.type === 'map') {
      if (isObject(value)) Object.entries(value).forEach(([key, child]) => check(type.element, child, `${path}.${key}`));
      else say(path, 'is no object');
    } else if (type?.type === 'union') {
      // Beside json, which may be anything, stands its text or a type that says more.
      const types = type.types.filter((either) => STRUCTURES.includes(either.type));
      if (isStructure(value)) oneOf(types, value, path);
    } else if (type?.type === 'tag') {
      if (isObject(value)) object(TAG, value, path);
      else say(path, 'is no tag');
    } else if (NUMBERS.includes(type?.type)) {
      if (!['number', 'string'].includes(typeof value) || value === '' || !Number.isFinite(Number(value))) say(path, 'is no number');
    } else if (type?.type === 'boolean') {
      if (![true, false, 'true', 'false'].includes(value)) say(path, 'is no boolean');
    } else if (type?.type === 'string') {
      if (value !== null && typeof value === 'object') say(path, 'is no text');
    }
  }

  /** If it is none of them, what is wrong with it as the first is what it most likely meant to be. */
  function oneOf(types, value, path) {
    const before = found.length;
    let ofTheFirst;
    for (const type of types) {
      check(type, value, path);
      const wrong = found.splice(before);
      if (wrong.length === 0) return;
      ofTheFirst ??= wrong;
    }
    found.push(...(ofTheFirst ?? []));
  }

  function references(value, path) {
    if (value === null || typeof value !== 'object') return;
    for (const [key, child] of Object.entries(value)) {
      const here = `${path}.${key}`;
      if (key === 'Ref') target(child, path);
      else if (key === 'Fn::GetAtt') attribute(child[0], child[1], path);
      else if (key === 'Fn::Sub') placeholders(child, path);
      else if (key === 'Fn::If') condition(child[0], path);
      else if (key === 'Fn::FindInMap') mapping(child[0], path);
      // Beside the condition of a resource stands that of a policy, which is an object.
      else if (key === 'Condition' && typeof child === 'string') condition(child, path);
      references(child, here);
    }
  }

  function target(name, path) {
    if (!name.startsWith('AWS::') && !(name in (template.Parameters ?? {})) && !(name in resources)) {
      say(path, `there is no parameter and no resource ${name}`);
    }
  }

  function attribute(name, attribute, path) {
    const resource = resources[name];
    if (!resource) {
      say(path, `there is no resource ${name}`);
      return;
    }
    const type = typeOf(resource);
    if (type && !(attribute in type.attributes)) {
      say(path, `${resource.Type} has no attribute ${attribute}`);
    }
  }

  function placeholders(argument, path) {
    const [text, own] = Array.isArray(argument) ? argument : [argument, {}];
    for (const [, inside] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
      const [name, rest] = inside.startsWith('AWS::') ? [inside] : firstDot(inside);
      if (name in own) continue;
      if (rest) attribute(name, rest, path);
      else target(name, path);
    }
  }

  function condition(name, path) {
    if (!(name in (template.Conditions ?? {}))) say(path, `there is no condition ${name}`);
  }

  function mapping(name, path) {
    if (typeof name === 'string' && !(name in (template.Mappings ?? {}))) say(path, `there is no mapping ${name}`);
  }
}

function isStructure(value) {
  return value !== null && typeof value === 'object';
}

function isObject(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

if (require.main === module) {
  const files = process.argv.slice(2);
  if (files.length === 0) {
    console.error('usage: lint.js TEMPLATE…');
    process.exit(2);
  }
  let failures = 0;
  for (const file of files) {
    const found = lint(fs.readFileSync(file, 'utf8'));
    found.forEach((what) => console.error(`${file}: ${what}`));
    console.log(`${file}: ${found.length === 0 ? 'nothing wrong' : `${found.length} wrong`}`);
    failures += found.length;
  }
  process.exit(failures === 0 ? 0 : 1);
}

module.exports = {lint};
