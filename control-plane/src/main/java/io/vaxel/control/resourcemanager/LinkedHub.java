package io.vaxel.control.resourcemanager;

/**
 * The hub that was linked.
 *
 * @param resourceId its ARM id
 */
record LinkedHub(String resourceId) {}
