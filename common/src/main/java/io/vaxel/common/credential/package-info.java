/**
 * Access keys and the HMAC-SHA256 signatures made with them, as the ACS SDKs sign. Does not live
 * here: where keys are kept, and what a caller may do.
 */
package io.vaxel.common.credential;
