/**
 * Lists that are answered page by page. Here is how a page links to the next one; what a page holds
 * is each service's own.
 */
package io.vaxel.common.paging;
