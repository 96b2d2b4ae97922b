// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real sockets on both sides; the peers block, each in a thread of its own. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class WireTapTest {

    private static final int FIVE_MB = 5_000_000;
    private static final String NEEDLE = "needle-in-the-haystack";

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final WireLog log = new WireLog(List.of(Needle.ofText(NEEDLE)));
    private ServerSocket target;
    private WireTap tap;

    @BeforeEach
    void start() throws Exception {
        target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        tap = result(WireTap.start(vertx, 0, target.getLocalPort(), log));
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        target.close();
        result(vertx.close());
    }

    @Test
    void forward_fiveMegabytesBothWaysAtOnce_arriveUnchanged() throws Exception {
        byte[] there = random(1);
        byte[] back = random(2);
        var served = threads.submit(() -> exchange(target.accept(), back));

        byte[] received = exchange(connect(), there);

        assertThat(Arrays.equals(received, back)).isTrue();
        assertThat(Arrays.equals(served.get(), there)).isTrue();
        assertThat(log.totalBytes()).isEqualTo(2L * FIVE_MB);
        assertThat(log.directions()).isEqualTo(2);
    }

    @Test
    void forward_answerAfterTheRequestEnded_arrives() throws Exception {
        byte[] back = random(3);
        var served = threads.submit(() -> {
            try (Socket socket = target.accept()) {
                byte[] request = socket.getInputStream().readAllBytes();
                socket.getOutputStream().write(back);
                return request;
            }
        });

        byte[] received = exchange(connect(), ascii("a request that ends"));

        assertThat(Arrays.equals(received, back)).isTrue();
        assertThat(served.get()).isEqualTo(ascii("a request that ends"));
    }

    @Test
    void forward_needle_isLoggedInBothDirections() throws Exception {
        var served = threads.submit(() -> exchange(target.accept(), ascii("back " + NEEDLE)));

        exchange(connect(), ascii(NEEDLE + NEEDLE));
        served.get();

        assertThat(log.sightings()).containsEntry(NEEDLE, 3L);
        assertThat(log.heads())
                .containsExactly(
                        new WireHead("connection 1 to target", ascii(NEEDLE + NEEDLE)),
                        new WireHead("connection 1 from target", ascii("back " + NEEDLE)));
    }

    /** What fits into four sockets' buffers gets through; the rest waits with the sender and not in our heap. */
    @Test
    void forward_readerThatStops_holdsTheSenderBack() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int size = 8 * FIVE_MB;
        var served = threads.submit(() -> {
            try (Socket socket = target.accept()) {
                goOn.await();
                return socket.getInputStream().readAllBytes().length;
            }
        });
        var sent = threads.submit(() -> exchange(connect(), new byte[size]));

        await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(20)).until(new Steady(log::totalBytes));
        assertThat(log.totalBytes()).isLessThan(size);
        assertThat(sent.isDone()).isFalse();

        goOn.countDown();
        assertThat(served.get()).isEqualTo(size);
        assertThat(sent.get()).isEmpty();
    }

    @Test
    void connect_nobodyAtTheTarget_isHungUpOnAtOnce() throws Exception {
        target.close();

        try (Socket socket = connect()) {
            assertThat(readsEnd(socket)).isTrue();
        }
        assertThat(log.directions()).isZero();
    }

    @Test
    void connect_targetComesLater_isForwarded() throws Exception {
        int port = target.getLocalPort();
        target.close();
        try (Socket early = connect()) {
            assertThat(readsEnd(early)).isTrue();
        }

        target = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        var served = threads.submit(() -> exchange(target.accept(), ascii("now")));

        assertThat(exchange(connect(), ascii("hello"))).isEqualTo(ascii("now"));
        assertThat(served.get()).isEqualTo(ascii("hello"));
    }

    @Test
    void connect_callerResets_targetIsClosedToo() throws Exception {
        Socket caller = connect();
        try (Socket accepted = target.accept()) {
            caller.getOutputStream().write(1);
            assertThat(accepted.getInputStream().read()).isEqualTo(1);
            reset(caller);

            assertThat(readsEnd(accepted)).isTrue();
        }
    }

    @Test
    void connect_callerGoneBeforeTheTargetAnswers_leavesNothingOpen() throws Exception {
        reset(connect());

        try (Socket accepted = target.accept()) {
            assertThat(readsEnd(accepted)).isTrue();
        }
    }

    @Test
    void close_openConnections_areEnded() throws Exception {
        try (Socket caller = connect();
                Socket accepted = target.accept()) {
            caller.getOutputStream().write(1);
            assertThat(accepted.getInputStream().read()).isEqualTo(1);

            result(tap.close());

            assertThat(readsEnd(caller)).isTrue();
            assertThat(readsEnd(accepted)).isTrue();
            assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
        }
    }

    @Test
    void start_portTaken_fails() {
        Future<WireTap> second = WireTap.start(vertx, tap.port(), target.getLocalPort(), log);

        await().until(second::isComplete);
        assertThat(second.failed()).isTrue();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), tap.port());
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Sends and receives at the same time, until both have ended. */
    private byte[] exchange(Socket socket, byte[] toSend) throws Exception {
        try (socket) {
            var sent = threads.submit(send(socket, toSend));
            byte[] received = socket.getInputStream().readAllBytes();
            sent.get();
            return received;
        }
    }

    private static Callable<Void> send(Socket socket, byte[] bytes) {
        return () -> {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            return null;
        };
    }

    /** An end or a reset: either way, nobody is left waiting. */
    private static boolean readsEnd(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static byte[] random(long seed) {
        byte[] bytes = new byte[FIVE_MB];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    /** True once a number is above zero and the same as when it was last looked at. */
    private static final class Steady implements Callable<Boolean> {

        private final LongSupplier number;
        private long last;

        Steady(LongSupplier number) {
            this.number = number;
        }

        @Override
        public Boolean call() {
            long before = last;
            last = number.getAsLong();
            return last > 0 && last == before;
        }
    }
}
