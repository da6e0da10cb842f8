import { receive } from "../../callbacks.js";

export const POST = receive;
