// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/**
 * What one look at a picture yields.
 *
 * <p>A picture whose header claims too many pixels is never decoded; its facts still travel, so that the risk rules
 * see the claim: {@code decoded} is false then, and thumbnail, hash and colours are empty.
 *
 * @param format {@code jpeg} or {@code png}
 * @param width in pixels, as the header says
 * @param height in pixels, as the header says
 * @param encodedBytes the size of the file
 * @param decoded whether the pixels were looked at
 * @param thumbnail a JPEG of at most 96 by 96 pixels; not copied, do not write to it
 * @param perceptualHash see {@link PerceptualHash}; 0 means that there is nothing to compare
 * @param colours at most five, the largest share first
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below look at the content
public record ImageFacts(
        String format,
        int width,
        int height,
        int encodedBytes,
        boolean decoded,
        byte[] thumbnail,
        long perceptualHash,
        List<DominantColour> colours) {

    /** Checks the parts: facts also arrive from other services. */
    public ImageFacts {
        require(ImageFormat.ofLabel(format).isPresent(), "'format' is unknown; use 'jpeg' or 'png'");
        require(width > 0 && height > 0, "a side has no pixels; both need at least 1");
        require(encodedBytes > 0, "'encodedBytes' is not positive; give the file's size");
        require(colours.size() <= Palette.MAX_COLOURS, "there are too many colours; give at most 5");
        colours = List.copyOf(colours);
    }

    /** Facts of a picture that was not decoded. */
    static ImageFacts undecoded(ImageHeader header, int encodedBytes) {
        return new ImageFacts(
                header.format().label(),
                header.width(),
                header.height(),
                encodedBytes,
                false,
                new byte[0],
                PerceptualHash.NOTHING,
                List.of());
    }

    /**
     * Reads facts that {@link #toJson} wrote.
     *
     * @param json as it came off the bus
     * @return the facts
     * @throws IllegalArgumentException if something is missing or out of range; its message is {@code <problem>; <fix>}
     */
    public static ImageFacts fromJson(JsonObject json) {
        return FactsJson.read(json);
    }

    /**
     * Writes the facts: the thumbnail as base64, the hash as 16 hex digits because JSON numbers lose bits elsewhere.
     *
     * @return a new object
     */
    public JsonObject toJson() {
        return FactsJson.write(this);
    }

    /**
     * The area that the header claims.
     *
     * @return width times height
     */
    public long pixels() {
        return (long) width * height;
    }

    private static void require(boolean right, String refusal) {
        if (!right) {
            throw new IllegalArgumentException("image facts: " + refusal);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageFacts that
                && header().equals(that.header())
                && Arrays.equals(thumbnail, that.thumbnail);
    }

    @Override
    public int hashCode() {
        return 31 * header().hashCode() + Arrays.hashCode(thumbnail);
    }

    /** Everything but the thumbnail's bytes. */
    @Override
    public String toString() {
        return "ImageFacts" + header();
    }

    private List<Object> header() {
        return List.of(format, width, height, encodedBytes, decoded, PerceptualHash.toHex(perceptualHash), colours);
    }
}
