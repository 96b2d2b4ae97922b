// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.shareddata.ClusterSerializable;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Serializable bodies, and the checkers that say which a clustered bus may carry; a local one asks no checker. */
class SerializableContractTest extends BusContract {
    private static final String POINT = Point.class.getName();
    private static final String MEMO = Memo.class.getName();

    @AfterEach
    void restoreCheckers() {
        accept(EventBus.DEFAULT_SERIALIZABLE_CHECKER);
        acceptClustered(name -> false);
    }

    @Test
    void acceptedSerializable_isCarriedThereAndBack() {
        accept(POINT::equals);
        consume(message -> message.reply(message.body()));
        assertThat(await(sender.request(address, new Point(1, 2))).body()).isEqualTo(new Point(1, 2));
    }

    @Test
    void acceptedSerializable_isPublished() {
        accept(POINT::equals);
        List<Object> arrived = new CopyOnWriteArrayList<>();
        consume(message -> arrived.add(message.body()));
        consume(message -> arrived.add(message.body()));
        sender.publish(address, new Point(3, 4));
        await().untilAsserted(() -> assertThat(arrived).containsExactly(new Point(3, 4), new Point(3, 4)));
    }

    @Test
    void acceptedClassesInside_areCarried() {
        accept(name -> Set.of(POINT, ArrayList.class.getName()).contains(name));
        consume(message -> message.reply(message.body()));
        List<Point> points = new ArrayList<>(List.of(new Point(1, 2), new Point(3, 4)));
        assertThat(await(sender.request(address, points)).body()).isEqualTo(points);
    }

    @Test
    void transientField_isLost() {
        accept(name -> true);
        consume(message -> message.reply(message.body()));
        Session answer = (Session)
                await(sender.request(address, new Session("Ada", "secret"))).body();
        assertThat(answer.user).isEqualTo("Ada");
        assertThat(answer.password).isNull();
    }

    @Test
    void bigNumbers_passTheDefaultChecker() {
        consume(message -> message.reply(message.body()));
        assertThat(await(sender.request(address, BigInteger.TEN)).body()).isEqualTo(BigInteger.TEN);
        assertThat(await(sender.request(address, new BigDecimal("1.50"))).body())
                .isEqualTo(new BigDecimal("1.50"));
    }

    @Test
    void applicationClass_isRefusedByTheDefaultCheckerOfACluster() {
        assertRefusedWhenClustered(new Point(1, 2));
    }

    @Test
    void serializable_isRefusedWhenTheCheckerOfAClusterSaysNo() {
        accept(name -> false);
        assertRefusedWhenClustered(BigInteger.TEN);
    }

    @Test
    void refusedSerializable_isRefusedByReplyOfACluster() {
        consume(message -> {
            Throwable thrown = catchThrowable(() -> message.reply(new Point(1, 2)));
            if (thrown != null) {
                message.reply(thrown.getClass().getSimpleName());
            }
        });
        Object expected = kind.clustered ? "IllegalArgumentException" : new Point(1, 2);
        assertThat(await(sender.request(address, "Ada")).body()).isEqualTo(expected);
    }

    @Test
    void localOnlyDelivery_asksNoChecker() {
        accept(name -> false);
        consume(sender, address, message -> message.reply(((Point) message.body()).x()));
        DeliveryOptions local = new DeliveryOptions().setLocalOnly(true);
        assertThat(await(sender.request(address, new Point(5, 6), local)).body())
                .isEqualTo(5);
    }

    @Test
    void receiversChecker_refusesWhatTheSendersAccepted() {
        sender.serializableChecker(name -> true);
        receiver.serializableChecker(name -> !kind.clustered);
        consume(message -> message.reply(catchThrowable(message::body) == null ? "read" : "refused"));
        boolean read = await(sender.request(address, new Point(1, 2))
                .map(answer -> "read".equals(answer.body()))
                .otherwise(false));
        assertThat(read).isEqualTo(!kind.clustered);
    }

    @Test
    void acceptedClusterSerializable_isCarriedThereAndBack() {
        acceptClustered(MEMO::equals);
        this.<Memo>consume(message -> message.reply(new Memo(message.body().text + " and Bob")));
        Memo answer = (Memo) await(sender.request(address, new Memo("Ada"))).body();
        assertThat(answer.text).isEqualTo("Ada and Bob");
    }

    @Test
    void clusterSerializable_isRefusedByTheDefaultCheckerOfACluster() {
        assertRefusedWhenClustered(new Memo("Ada"));
    }

    @Test
    void serializableChecker_doesNotSpeakForClusterSerializable() {
        accept(name -> true);
        assertRefusedWhenClustered(new Memo("Ada"));
    }

    @Test
    void bothKinds_areWrittenAsClusterSerializable() {
        accept(name -> true);
        acceptClustered(name -> true);
        this.<Both>consume(message -> message.reply(message.body().writtenBy));
        assertThat(await(sender.request(address, new Both())).body()).isEqualTo("cluster");
    }

    private void assertRefusedWhenClustered(Object body) {
        consume(message -> {});
        if (kind.clustered) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sender.send(address, body))
                    .withMessage("No message codec for type: " + body.getClass());
        } else {
            assertThatCode(() -> sender.send(address, body)).doesNotThrowAnyException();
        }
    }

    private void accept(Function<String, Boolean> checker) {
        sender.serializableChecker(checker);
        receiver.serializableChecker(checker);
    }

    private void acceptClustered(Function<String, Boolean> checker) {
        sender.clusterSerializableChecker(checker);
        receiver.clusterSerializableChecker(checker);
    }

    record Point(int x, int y) implements Serializable {}

    private static final class Session implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String user;
        private final transient String password;

        Session(String user, String password) {
            this.user = user;
            this.password = password;
        }
    }

    /** Public, as Vert.x makes one by reflection. */
    public static class Memo implements ClusterSerializable {
        String text;

        public Memo() {
            this("");
        }

        Memo(String text) {
            this.text = text;
        }

        @Override
        public void writeToBuffer(Buffer buffer) {
            Buffer bytes = Buffer.buffer(text);
            buffer.appendInt(bytes.length()).appendBuffer(bytes);
        }

        @Override
        public int readFromBuffer(int position, Buffer buffer) {
            int start = position + Integer.BYTES;
            int end = start + buffer.getInt(position);
            text = buffer.getString(start, end);
            return end;
        }
    }

    /** Tells by which of its two ways it came. */
    public static final class Both implements ClusterSerializable, Serializable {
        private static final long serialVersionUID = 1L;

        String writtenBy = "serialization";

        @Override
        public void writeToBuffer(Buffer buffer) {}

        @Override
        public int readFromBuffer(int position, Buffer buffer) {
            writtenBy = "cluster";
            return position;
        }
    }
}
