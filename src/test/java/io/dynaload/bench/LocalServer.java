package io.dynaload.bench;

import io.dynaload.local.EmbeddedDynamoDb;
import java.io.IOException;

/** A process with DynamoDB Local. Prints its port; ends when its standard input does. */
public final class LocalServer {
  private LocalServer() {}

  public static void main(String[] args) throws IOException {
    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start()) {
      System.out.println(dynamoDb.port());
      while (System.in.read() >= 0) {
        // Nothing is said to it.
      }
    }
    System.exit(0); // whatever threads the server has left
  }
}
