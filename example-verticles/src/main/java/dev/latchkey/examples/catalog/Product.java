// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.catalog;

import io.vertx.codegen.annotations.DataObject;
import io.vertx.codegen.json.annotations.JsonGen;
import io.vertx.core.json.JsonObject;

/** Something that is for sale. It crosses the bus as JSON, by a converter that is generated. */
@DataObject
@JsonGen(publicConverter = false)
public final class Product {
    private String sku = "";
    private String name = "";
    private String category = "";
    private int priceInCents;
    private int left;
    private int views;

    /** A product without a name, to be filled. */
    public Product() {}

    /** Reads the JSON form; what is absent keeps its default, and what is unknown is ignored. */
    public Product(JsonObject json) {
        ProductConverter.fromJson(json, this);
    }

    /** The JSON form. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        ProductConverter.toJson(this, json);
        return json;
    }

    /** The stock-keeping unit: what the product is told from all others by. */
    public String getSku() {
        return sku;
    }

    /** Sets the stock-keeping unit. */
    public Product setSku(String sku) {
        this.sku = sku;
        return this;
    }

    /** What people call it. */
    public String getName() {
        return name;
    }

    /** Sets what people call it. */
    public Product setName(String name) {
        this.name = name;
        return this;
    }

    /** What it is listed under. */
    public String getCategory() {
        return category;
    }

    /** Sets what it is listed under. */
    public Product setCategory(String category) {
        this.category = category;
        return this;
    }

    /** The price of one piece, in cents. */
    public int getPriceInCents() {
        return priceInCents;
    }

    /** Sets the price of one piece, in cents. */
    public Product setPriceInCents(int priceInCents) {
        this.priceInCents = priceInCents;
        return this;
    }

    /** How many pieces are in stock. */
    public int getLeft() {
        return left;
    }

    /** Sets how many pieces are in stock. */
    public Product setLeft(int left) {
        this.left = left;
        return this;
    }

    /** How often somebody looked at it. */
    public int getViews() {
        return views;
    }

    /** Sets how often somebody looked at it. */
    public Product setViews(int views) {
        this.views = views;
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Product that && toJson().equals(that.toJson());
    }

    @Override
    public int hashCode() {
        return toJson().hashCode();
    }

    @Override
    public String toString() {
        return toJson().encode();
    }
}
