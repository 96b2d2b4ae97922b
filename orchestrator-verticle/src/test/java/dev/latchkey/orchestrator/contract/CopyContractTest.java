// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who shares a body with whom: what one side changes, the other must not see, unless a codec says so. */
class CopyContractTest extends BusContract {
    @AfterEach
    void restore() {
        sender.unregisterCodec(address);
        sender.serializableChecker(EventBus.DEFAULT_SERIALIZABLE_CHECKER);
        receiver.serializableChecker(EventBus.DEFAULT_SERIALIZABLE_CHECKER);
    }

    @Test
    void receiversChangeOfJsonObject_staysThere() {
        this.<JsonObject>consume(
                message -> message.reply(message.body().put("n", 2).size()));
        JsonObject mine = new JsonObject().put("n", 1);
        await(sender.request(address, mine));
        assertThat(mine).isEqualTo(new JsonObject().put("n", 1));
    }

    @Test
    void receiversChangeDeepInJson_staysThere() {
        this.<JsonObject>consume(message -> {
            message.body().getJsonArray("list").getJsonObject(0).put("n", 2);
            message.reply("changed");
        });
        JsonObject inner = new JsonObject().put("n", 1);
        await(sender.request(address, new JsonObject().put("list", new JsonArray().add(inner))));
        assertThat(inner.getInteger("n")).isEqualTo(1);
    }

    @Test
    void receiversChangeOfJsonArray_staysThere() {
        this.<JsonArray>consume(message -> message.reply(message.body().add(2).size()));
        JsonArray mine = new JsonArray().add(1);
        assertThat(await(sender.request(address, mine)).body()).isEqualTo(2);
        assertThat(mine).isEqualTo(new JsonArray().add(1));
    }

    @Test
    void receiversChangeOfBuffer_staysThere() {
        this.<Buffer>consume(
                message -> message.reply(message.body().setByte(0, (byte) 9).appendInt(1)));
        Buffer mine = Buffer.buffer("Ada");
        await(sender.request(address, mine));
        assertThat(mine).isEqualTo(Buffer.buffer("Ada"));
    }

    @Test
    void receiversChangeOfBytes_staysThere() {
        this.<byte[]>consume(message -> {
            message.body()[0] = 9;
            message.reply("changed");
        });
        byte[] mine = {1, 2};
        await(sender.request(address, mine));
        assertThat(mine).containsExactly(1, 2);
    }

    @Test
    void receiversChangeOfSerializable_staysThere() {
        sender.serializableChecker(name -> true);
        receiver.serializableChecker(name -> true);
        this.<Basket>consume(message -> message.reply(message.body().items.add("pear")));
        Basket mine = new Basket();
        await(sender.request(address, mine));
        assertThat(mine.items).isEmpty();
    }

    @Test
    void requestersChangeOfTheReply_staysThere() {
        JsonObject kept = new JsonObject().put("n", 1);
        consume(message -> message.reply(kept));
        await(sender.<JsonObject>request(address, "Ada")).body().put("n", 2);
        assertThat(kept.getInteger("n")).isEqualTo(1);
    }

    @Test
    void sendersChangeAfterArrival_staysThere() {
        AtomicReference<JsonObject> arrived = new AtomicReference<>();
        this.<JsonObject>consume(message -> {
            arrived.set(message.body());
            message.reply("got it");
        });
        JsonObject mine = new JsonObject().put("n", 1);
        await(sender.request(address, mine));
        mine.put("n", 2);
        assertThat(arrived.get()).isEqualTo(new JsonObject().put("n", 1));
    }

    @Test
    void consumersOfAPublish_getTheirOwnJson() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 3; i++) {
            String mine = "consumer" + i;
            this.<JsonObject>consume(
                    message -> sizes.add(message.body().put(mine, "was here").size()));
        }
        sender.publish(address, new JsonObject());
        await().untilAsserted(() -> assertThat(sizes).containsExactly(1, 1, 1));
    }

    @Test
    void consumersOfAPublish_getTheirOwnBuffer() {
        List<Integer> lengths = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 3; i++) {
            this.<Buffer>consume(
                    message -> lengths.add(message.body().appendByte((byte) 1).length()));
        }
        sender.publish(address, Buffer.buffer("Ada"));
        await().untilAsserted(() -> assertThat(lengths).containsExactly(4, 4, 4));
    }

    @Test
    void consumersOnBothSides_getTheirOwnJson() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        this.<JsonObject>consume(
                sender,
                address,
                message -> sizes.add(message.body().put("here", 1).size()));
        this.<JsonObject>consume(
                receiver,
                address,
                message -> sizes.add(message.body().put("there", 1).size()));
        JsonObject mine = new JsonObject();
        sender.publish(address, mine);
        await().untilAsserted(() -> assertThat(sizes).containsExactly(1, 1));
        assertThat(mine.isEmpty()).isTrue();
    }

    @Test
    void body_isTheSameObjectEachTime() {
        this.<JsonObject>consume(message -> {
            message.body().put("n", 2);
            message.reply(message.body().getInteger("n"));
        });
        assertThat(await(sender.request(address, new JsonObject())).body()).isEqualTo(2);
    }

    @Test
    void immutableBody_isSharedWithinANode() {
        String mine = String.valueOf(new char[] {'A', 'd', 'a'});
        consume(sender, address, message -> message.reply(message.body() == mine));
        assertThat(await(sender.request(address, mine)).body()).isEqualTo(true);
    }

    @Test
    void codecThatCopiesNothing_sharesABodyWithinANode() {
        sender.registerCodec(new SharingCodec(address));
        this.<Basket>consume(
                sender, address, message -> message.reply(message.body().items.add("pear")));
        Basket mine = new Basket();
        await(sender.request(address, mine, new DeliveryOptions().setCodecName(address)));
        assertThat(mine.items).containsExactly("pear");
    }

    @Test
    void failureReply_isTheVeryOneWithinANode() {
        ReplyException kept = new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 1, "no");
        consume(sender, address, message -> message.reply(kept));
        assertThat(failure(sender.request(address, "Ada"))).isSameAs(kept);
    }

    private static final class Basket implements Serializable {
        private static final long serialVersionUID = 1L;

        private final ArrayList<String> items = new ArrayList<>();
    }

    /** Works within a node only. */
    private record SharingCodec(String name) implements MessageCodec<Basket, Basket> {
        @Override
        public void encodeToWire(Buffer buffer, Basket body) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Basket decodeFromWire(int position, Buffer buffer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Basket transform(Basket body) {
            return body;
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
