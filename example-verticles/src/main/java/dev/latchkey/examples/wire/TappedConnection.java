// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/**
 * Two sockets that are one connection. Each direction ends by itself, as TCP allows; when both have, or when either
 * socket breaks, everything is closed. All of it runs on the one event loop that both sockets belong to.
 */
final class TappedConnection {

    private static final int DIRECTIONS = 2;

    private final NetSocket caller;
    private final NetSocket target;
    private int ended;

    private TappedConnection(NetSocket caller, NetSocket target) {
        this.caller = caller;
        this.target = target;
    }

    static void join(NetSocket caller, WireStream there, NetSocket target, WireStream back) {
        TappedConnection connection = new TappedConnection(caller, target);
        connection.forward(caller, target, there);
        connection.forward(target, caller, back);
        connection.resume();
    }

    /** Who broke off before the close handlers were set told nobody. */
    private void resume() {
        if (HalfClose.isOpen(caller) && HalfClose.isOpen(target)) {
            caller.resume();
        } else {
            close();
        }
    }

    private void forward(NetSocket from, NetSocket to, WireStream stream) {
        from.exceptionHandler(broken -> from.close());
        from.closeHandler(closed -> to.close());
        to.drainHandler(drained -> from.resume());
        from.handler(chunk -> pass(chunk, from, to, stream));
    }

    private void pass(Buffer chunk, NetSocket from, NetSocket to, WireStream stream) {
        if (HalfClose.isEnd(chunk)) {
            end(to);
        } else {
            stream.accept(chunk.getBytes());
            to.write(chunk);
            holdIfFull(from, to);
        }
    }

    private static void holdIfFull(NetSocket from, NetSocket to) {
        if (to.writeQueueFull()) {
            from.pause();
        }
    }

    private void end(NetSocket to) {
        ended++;
        if (ended == DIRECTIONS) {
            HalfClose.end(to).onComplete(done -> close());
        } else {
            HalfClose.end(to);
        }
    }

    private void close() {
        caller.close();
        target.close();
    }
}
