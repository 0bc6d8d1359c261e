// What the scripts share: each exchange is told as a line of JSON, and a promise that is not kept in time is an error.
"use strict";

const patience = 30000; // milliseconds until something counts as stuck

exports.tell = (what, sent, got, wanted) => console.log(JSON.stringify({ what, sent, got: got === undefined ? null : got, wanted }));
exports.inTime = promise => {
    let timer;
    const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error("no answer in time")), patience); });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};
exports.run = main => main().then(() => process.exit(0), why => { console.error(why); process.exit(1); });
