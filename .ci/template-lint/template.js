'use strict';

// Reads a template, and writes its short forms out: !Ref x is {Ref: x}, !GetAtt a.b is {'Fn::GetAtt': ['a', 'b']}.

const yaml = require('js-yaml');

const AS_THEY_ARE = ['Ref', 'Condition'];
const FUNCTIONS = [
  'And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAZs', 'GetAtt', 'If', 'ImportValue', 'Join', 'Not', 'Or', 'Select', 'Split', 'Sub',
];

function longForm(tag, value) {
  if (AS_THEY_ARE.includes(tag)) {
    return {[tag]: value};
  }
  return {[`Fn::${tag}`]: tag === 'GetAtt' && typeof value === 'string' ? firstDot(value) : value};
}

/** 'a.b.c' is ['a', 'b.c']; 'a' is ['a']. */
function firstDot(text) {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

const SCHEMA = yaml.DEFAULT_SCHEMA.extend(
  [...AS_THEY_ARE, ...FUNCTIONS].flatMap((tag) =>
    ['scalar', 'sequence', 'mapping'].map(
      (kind) => new yaml.Type(`!${tag}`, {kind, construct: (value) => longForm(tag, value)}),
    ),
  ),
);

function parse(text) {
  return yaml.load(text, {schema: SCHEMA});
}

/** Whether a value is only known when the stack is made. */
function isFunction(value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return false;
  }
  const keys = Object.keys(value);
  return keys.length === 1 && (AS_THEY_ARE.includes(keys[0]) || keys[0].startsWith('Fn::'));
}

module.exports = {parse, isFunction, firstDot};
