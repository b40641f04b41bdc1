package io.dynaload.transform.expression;

/** CEL's null: DynamoDB's NULL, which is a value. */
enum Nothing {
  NULL
}
