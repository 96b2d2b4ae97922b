// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on the loopback interface that writes down what it forwards, and changes none of it. While nothing
 * listens at the target, whoever connects is hung up on at once.
 */
public final class WireTap {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int CONNECT_TIMEOUT_MS = 2_000;

    private final NetServer server;
    private final NetClient client;
    private final int targetPort;
    private final WireLog log;
    private final AtomicInteger connections = new AtomicInteger();

    private WireTap(Vertx vertx, int listenPort, int targetPort, WireLog log) {
        this.server =
                vertx.createNetServer(new NetServerOptions().setHost(LOOPBACK).setPort(listenPort));
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS));
        this.targetPort = targetPort;
        this.log = log;
    }

    /**
     * Starts a tap.
     *
     * @param vertx whose event loops do the work
     * @param listenPort where to listen; 0 for any free port
     * @param targetPort where to forward to; nothing needs to listen there yet
     * @param log where to write down
     * @return the tap, once it listens
     */
    public static Future<WireTap> start(Vertx vertx, int listenPort, int targetPort, WireLog log) {
        WireTap tap = new WireTap(vertx, listenPort, targetPort, log);
        return tap.server.connectHandler(tap::accept).listen().map(tap);
    }

    /**
     * The port that it listens on.
     *
     * @return the actual one, also if any was asked for
     */
    public int port() {
        return server.actualPort();
    }

    /**
     * Stops listening, and ends all connections.
     *
     * @return done
     */
    public Future<Void> close() {
        return Future.join(server.close(), client.close()).mapEmpty();
    }

    /** Nothing is passed on before there is someone to pass it to. */
    private void accept(NetSocket caller) {
        HalfClose.announceEnd(caller.pause());
        caller.exceptionHandler(broken -> caller.close());
        client.connect(targetPort, LOOPBACK)
                .onSuccess(target -> join(caller, target))
                .onFailure(noTarget -> caller.close());
    }

    private void join(NetSocket caller, NetSocket target) {
        HalfClose.announceEnd(target);
        String name = "connection " + connections.incrementAndGet();
        WireStream there = log.open(name + " to target");
        WireStream back = log.open(name + " from target");
        TappedConnection.join(caller, there, target, back);
    }
}
