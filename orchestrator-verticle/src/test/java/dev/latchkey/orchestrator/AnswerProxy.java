// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A TCP proxy before a node's event bus, which puts into the place of each answer to that node what a test says. */
final class AnswerProxy {
    private static final String LOOPBACK = "127.0.0.1";

    private final NetClient client;
    private final NetServer server;
    private final int target;
    private volatile Function<BusFrame, List<BusFrame>> tampering = List::of;

    AnswerProxy(Vertx vertx, int target) {
        this.client = vertx.createNetClient();
        this.server =
                Realm.await(vertx.createNetServer().connectHandler(this::accept).listen(0, LOOPBACK));
        this.target = target;
    }

    int port() {
        return server.actualPort();
    }

    /** Says what arrives in place of an answer; the answer alone, to begin with. */
    void replaceAnswers(Function<BusFrame, List<BusFrame>> by) {
        tampering = by;
    }

    private void accept(NetSocket sender) {
        sender.pause();
        client.connect(target, LOOPBACK)
                .onSuccess(receiver -> join(sender, receiver))
                .onFailure(unreachable -> sender.close());
    }

    private void join(NetSocket sender, NetSocket receiver) {
        sender.handler(new FrameParser(frame -> pass(frame, receiver))::read);
        sender.closeHandler(closed -> receiver.close());
        receiver.handler(sender::write);
        receiver.closeHandler(closed -> sender.close());
        sender.resume();
    }

    private void pass(BusFrame frame, NetSocket receiver) {
        List<BusFrame> passed = frame.isReply() ? tampering.apply(frame) : List.of(frame);
        Buffer bytes = Buffer.buffer();
        passed.forEach(each -> bytes.appendBuffer(each.bytes()));
        receiver.write(bytes);
    }

    /** Cuts a stream into frames. */
    private static final class FrameParser {
        private final RecordParser records = RecordParser.newFixed(Integer.BYTES);
        private boolean inFrame;

        FrameParser(Consumer<BusFrame> frames) {
            records.setOutput(record -> {
                if (inFrame) {
                    frames.accept(new BusFrame(
                            Buffer.buffer().appendInt(record.length()).appendBuffer(record)));
                    records.fixedSizeMode(Integer.BYTES);
                } else {
                    records.fixedSizeMode(record.getInt(0));
                }
                inFrame = !inFrame;
            });
        }

        void read(Buffer bytes) {
            records.handle(bytes);
        }
    }
}
