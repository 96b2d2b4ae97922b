// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void read_samples_givesThemByName() throws IOException {
        List<ImageFile> samples = SampleImages.generate(9, 1);
        for (ImageFile sample : samples) {
            Files.write(folder.resolve(sample.name()), sample.encoded());
        }

        ImageFolder read = ImageFolder.read(folder);

        assertThat(read.images()).isEqualTo(samples);
        assertThat(read.problems()).isEmpty();
    }

    @Test
    void read_names_decideWithoutRegardToCase() throws IOException {
        byte[] png = ImageEncoder.png(TestImages.plain(4, 4, 7));
        for (String name : List.of("b.PNG", "a.Jpeg", "c.jpg", "d.gif", "e.png.txt", "png")) {
            Files.write(folder.resolve(name), png);
        }

        assertThat(ImageFolder.read(folder).images())
                .extracting(ImageFile::name)
                .containsExactly("a.Jpeg", "b.PNG", "c.jpg");
    }

    @Test
    void read_badFiles_areReportedAndTheRestGoesOn() throws IOException {
        Files.write(folder.resolve("a-empty.png"), new byte[0]);
        Files.writeString(folder.resolve("b-text.jpg"), "not a picture");
        setLength("c-huge.png", ImageAnalyzer.MAX_ENCODED_BYTES + 1L);
        Files.createDirectory(folder.resolve("d-folder.png"));
        Files.createSymbolicLink(folder.resolve("e-dangling.png"), folder.resolve("nowhere"));
        Files.write(folder.resolve("f-good.png"), ImageEncoder.png(TestImages.plain(4, 4, 7)));

        ImageFolder read = ImageFolder.read(folder);

        assertThat(read.images()).extracting(ImageFile::name).containsExactly("f-good.png");
        assertThat(read.problems())
                .containsExactly(
                        new ImageProblem("a-empty.png", "empty"),
                        new ImageProblem("b-text.jpg", "neither JPEG nor PNG"),
                        new ImageProblem("c-huge.png", "larger than 16 MiB"),
                        new ImageProblem("d-folder.png", "not a regular file"),
                        new ImageProblem("e-dangling.png", "not a regular file"));
    }

    @Test
    void read_damagedPicture_isLeftToTheAnalyzer() throws IOException {
        Files.write(folder.resolve("damaged.png"), TestImages.header(10, 10));

        ImageFolder read = ImageFolder.read(folder);

        assertThat(read.images()).hasSize(1);
        assertThatExceptionOfType(UnreadableImageException.class)
                .isThrownBy(() -> ImageAnalyzer.analyze(read.images().get(0).encoded()));
    }

    @Test
    void read_controlCharactersInName_areNotRepeated() throws IOException {
        Files.write(folder.resolve("\u001b[31mred.png"), new byte[0]);

        assertThat(ImageFolder.read(folder).problems())
                .extracting(ImageProblem::fileName)
                .containsExactly("?[31mred.png");
    }

    @Test
    void read_noFolder_isRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatIOException().isThrownBy(() -> ImageFolder.read(file)).isInstanceOf(NotDirectoryException.class);
        assertThatIOException().isThrownBy(() -> ImageFolder.read(folder.resolve("nowhere")));
    }

    private void setLength(String name, long length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.setLength(length);
        }
    }
}
