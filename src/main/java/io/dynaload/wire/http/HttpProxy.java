package io.dynaload.wire.http;

import io.netty.channel.ChannelHandler;
import io.netty.handler.proxy.HttpProxyHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.utils.StringUtils;

/**
 * The proxy that the environment or the system properties name, such as HTTPS_PROXY: found by the
 * SDK, so that the sink takes the way that the SDK's own clients take.
 */
record HttpProxy(String host, int port, @Nullable String username, @Nullable String password) {
  /** The proxy to an endpoint, or null if there is none on the way. */
  static @Nullable HttpProxy to(URI endpoint) {
    return to(endpoint, ProxyConfiguration.builder().scheme(endpoint.getScheme()).build());
  }

  static @Nullable HttpProxy to(URI endpoint, ProxyConfiguration found) {
    String target = endpoint.getHost().toLowerCase(Locale.ROOT);
    boolean needed =
        !StringUtils.isBlank(found.host())
            && found.port() > 0
            && found.nonProxyHosts().stream().noneMatch(target::matches);
    return needed
        ? new HttpProxy(found.host(), found.port(), found.username(), found.password())
        : null;
  }

  /** Asks the proxy for a tunnel, before all that is sent. */
  ChannelHandler handler() {
    InetSocketAddress address = new InetSocketAddress(host, port);
    return username == null || password == null
        ? new HttpProxyHandler(address)
        : new HttpProxyHandler(address, username, password);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
