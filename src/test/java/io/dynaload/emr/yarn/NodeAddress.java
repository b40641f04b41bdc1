package io.dynaload.emr.yarn;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Addresses of nodes on this machine: each of 127.0.0.0/8 is one, so that servers can have the
 * ports that they have on EMR, which the step's script names.
 */
final class NodeAddress {
  private static final int RESOURCE_MANAGER = 8088;

  private NodeAddress() {}

  /** One that no other test has. */
  static String unused() throws IOException {
    Random random = new Random();
    while (true) {
      String address =
          "127.%d.%d.%d"
              .formatted(random.nextInt(1, 255), random.nextInt(255), random.nextInt(1, 255));
      try (ServerSocket free =
          new ServerSocket(RESOURCE_MANAGER, 1, InetAddress.getByName(address))) {
        return free.getInetAddress().getHostAddress();
      } catch (java.net.BindException taken) {
        continue;
      }
    }
  }
}
